"""Texts that say what a row is, and names that hold the same words and are records."""

import pytest

from fengtai.workbooks.data import RowData, Skipped
from fengtai.workbooks.layout import Layout
from fengtai.workbooks.sheet_top import Top
from fengtai.workbooks.total_words import total_word

HEADINGS = ["序号", "项目名称", "签约方", "总投资（万元）"]
KNOWN = frozenset(("序号", "项目名称", "签约方", "总投资", "建设单位", "备注", "企业", "发展伙伴", "级别"))
ABOVE = [1, "示例甲项目", "示例甲公司", 100]
BELOW = [2, "示例乙项目", "示例乙公司", 200]


def read(*rows, merges=(), known=KNOWN):
    """What a sheet of these rows is read as: number, and kind or section."""
    filled = [
        (number, {column: cell for column, cell in enumerate(row, start=1) if cell is not None})
        for number, row in enumerate(rows, start=1)
    ]
    layout, found = Layout(filled, list(merges), known), {}
    for item in layout.read():
        match item:
            case RowData():
                found[item.number] = f"data {item.section}".strip()
            case Skipped():
                found[item.row] = item.kind
            case Top():
                found[f"table at {item.first}"] = [(each.text, each.unit) for each in item.headings]
    return found


LONE = {
    "note": [
        "注：1.口径为2024年。",
        "附注：略",
        "注1：略",
        "注① 略",
        "*注：略",
        "备注：略",
        "数据来源：某局",
        "资料来源：某局",
        "信息来源：某局",
        "来源：某报",
        "说明：略",
        "填报说明：略",
        "Source: some office",
        "（以下空白）",
        "本表所列项目以批复为准。",
    ],
    "signature": [
        "填报人：某某",
        "打印日期：2024-05-01",
        "打印时间 2024-05-01",
        "导出时间：2024年5月1日",
        "制表日期：2024年",
        "第1页 共3页",
        "第 1 页",
        "第1页，共3页",
        "第2/3页",
        "- 1 -",
        "Page 1 of 3",
        "联系电话：略",
    ],
    "total": ["合计", "小计：", "总计（4项）", "共5个项目", "Grand Total", "合计32条"],
    "example": [
        "示例：某某公司",
        "例：某公司",
        "例如：某公司",
        "样例",
        "填写示例",
        "（示例）某公司",
        "【示例】某公司",
        "示例1：某某",
    ],
    "unit": ["单位：亿元", "（金额单位：万元）"],
    "section": [
        "一、产业类",
        "（一）装备",
        "第一部分 续建项目",
        "产业类（2项）",
        "二、基础设施类（3项）",
        "三、民生类（亿元）",
        "民生类：",
    ],
    "empty": ["\u200b", "\u3000", "\ufeff\u200b", "\u2800"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in LONE.items() for text in texts])
def test_a_lone_text_says_what_its_row_is(kind, text):
    for row in ([text], [None, text]):
        assert read(HEADINGS, ABOVE, row, BELOW)[3] == kind


NAMES = [
    "打印人才服务公司",
    "查询时间服务公司",
    "Source.AI Limited",
    "Note Printing Works",
    "合计科技有限公司",
    "某某合计数据有限公司",
    "小计软件（北京）有限公司",
    "总计划管理咨询公司",
    "汇总传媒有限公司",
    "计数器制造厂",
    "共计时代文化公司",
    "注册会计师事务所",
    "注塑机械有限公司",
    "注册地址变更项目",
    "附注科技公司",
    "备注信息技术公司",
    "说明书印刷厂",
    "来源科技有限公司",
    "资料室改造项目",
    "示例科技有限公司",
    "示例（北京）科技有限公司",
    "样例工程有限公司",
    "例外设计工作室",
    "范例建筑事务所",
    "第1页科技有限公司",
    "页岩气开发项目",
    "第一创业证券",
    "第一机床厂",
    "第四范式智能公司",
    "第三方支付平台项目",
    "第二热电厂",
    "一汽集团",
    "三一重工",
    "七一二通信公司",
    "二七机车厂",
    "十月文化公司",
    "一、二期工程",
    "三、四号楼改造",
    "一、二级加压泵站",
    "单位大院改造项目",
    "单位工程检测公司",
    "填报人力资源公司",
    "审核系统建设",
    "打印机制造公司",
    "导出科技公司",
    "百度时代",
    "一〇一中学",
    "（北京）某某公司",
    "平均律音乐公司",
    "总部基地项目",
    "制表机械厂",
    "统计人工智能公司",
    "联系人才服务公司",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_holds_such_words_is_a_record(name):
    assert len(NAMES) > 30
    for row in ([None, name, "示例公司", 5], [name, None, None, 5], [name]):
        assert read(HEADINGS, ABOVE, row, BELOW)[3] == "data"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("汇总", ("", "汇总", None, True)),
        ("丰台区 计数", ("丰台区", "计数", None, True)),
        ("丰台区合计", ("丰台区", "合计", None, True)),
        ("全区小计：", ("全区", "小计", None, True)),
        ("示例签约（合计）", ("示例签约", "合计", None, True)),
        ("产业类小计（2项）", ("产业类", "小计", 2, True)),
        ("总计（4项）", ("", "总计", 4, True)),
        ("2024年 平均值", ("2024年", "平均值", None, True)),
        ("某街道最大值", ("某街道", "最大值", None, True)),
        ("全区 平均", ("全区", "平均", None, True)),
        ("示例 标准偏差", ("示例", "标准偏差", None, True)),
        ("丰台区 Total", ("丰台区", "Total", None, True)),
        ("Fengtai Total", ("Fengtai", "Total", None, False)),
        ("示例平台数据汇总", ("示例平台数据", "汇总", None, False)),
        *((name, None) for name in (*NAMES, "成交总额", "某项目（5个）", "户数总量", "Account", "本年累计", "审计")),
    ],
)
def test_the_last_word_names_a_total(text, said):
    found = total_word(text)
    assert (found and (found.group, found.word, found.count, found.is_apart)) == said


def test_a_note_runs_on_until_data_resume():
    rows = [HEADINGS, ABOVE, ["注：1.略。"], ["　　2.略"], [None, "3.略"], ["（4）略"], ["⑤略"], BELOW]
    assert read(*rows)[8] == "data"
    assert [read(*rows)[number] for number in range(3, 8)] == ["note"] * 5
    # A short text behind a note is more of it at the foot, and a record where data follow.
    assert read(HEADINGS, ABOVE, ["注：略"], [None, "示例局"], BELOW)[4] == "data"
    assert read(HEADINGS, ABOVE, ["注：略"], ["示例局"], ["数据来源：某局"])[4] == "note"
    assert read(HEADINGS, ABOVE, ["注：略"], ["示例局"], ["二、产业类"], BELOW)[4] == "note"
    assert read(HEADINGS, ABOVE, [None, "示例丙项目"], BELOW)[3] == "data"
    # In a list of one column too, where a record is a lone text as well.
    texts = ["企业名称", "注：1.略", "　　2.略", "示例甲", "企业名称", "示例丙", "（一）示例乙", "合计 3家"]
    kinds = ["heading", "note", "note", "data", "heading", "data", "data", "total"]
    assert list(read(*([text] for text in texts), known=frozenset(("企业名称",))).values()) == kinds


def test_sections_hold_for_the_rows_below_and_nest():
    found = read(
        HEADINGS,
        ["一、产业类"],
        ["（一）装备（亿元）"],
        ABOVE,
        ["（二）软件"],
        BELOW,
        ["二、基础设施类（1项）", None, None, 300],
        [3, "示例丙项目", "示例丙公司", 300],
    )
    assert [found[number] for number in (4, 6, 8)] == [
        "data 一、产业类 › （一）装备（亿元）",
        "data 一、产业类 › （二）软件",
        "data 二、基础设施类（1项）",
    ]
    marked = read(HEADINGS, ["一", "产业类", None, 100], ABOVE, ["二", "民生类", None, 200], [1, *BELOW[1:]])
    assert marked == {1: "heading", 2: "section", 3: "data 一 产业类", 4: "section", 5: "data 二 民生类"}


@pytest.mark.parametrize(
    "rows",
    [
        [["一", "示例甲", "甲公司", 1], ["二", "示例乙", "乙公司", 2]],  # records numbered in Chinese
        [["一", "示例甲", None, 1], ["二", "示例乙", None, 2], ["三", "示例丙", None, 3]],
        [[None, "一、示例甲"], [None, "二、示例乙"], [None, "三、示例丙"]],
        [[1, "一、二期工程", None, 1], [2, "示例乙", None, 2]],
    ],
)
def test_records_numbered_in_chinese_are_no_sections(rows):
    assert set(read(HEADINGS, *rows).values()) == {"heading", "data"}


def test_other_headings_count_from_where_they_stand():
    lower = ["序号", "项目名称", "建设单位", "总投资（亿元）", "备注"]
    found = read(HEADINGS, ABOVE, ["在谈项目"], lower, BELOW)
    assert found["table at 4"] == [*zip(lower, ["", "", "", "亿元", ""], strict=True)]
    assert (found[3], found[4], found[5]) == ("title", "heading", "data 在谈项目")
    # A unit between them is that of the lower table.
    found = read([*HEADINGS[:3], "总投资"], ABOVE, ["单位：亿元"], [*HEADINGS[:3], "总投资"], BELOW)
    assert found[5] == "data 单位：亿元"
    # Headings over two rows, with a row of units and one of numbers below.
    found = read(
        HEADINGS,
        ABOVE,
        ["序号", "项目名称", "投资情况", None],
        [None, None, "总投资", "其中：示例"],
        [None, None, "亿元", "亿元"],
        [1, 2, 3, 4],
        [2, "示例乙项目", 3, 1],
        merges=[(3, 3, 3, 4), (3, 1, 4, 1), (3, 2, 4, 2)],
    )
    assert found["table at 3"][2:] == [("投资情况 总投资", "亿元"), ("投资情况 其中：示例", "亿元")]
    assert [found[number] for number in range(3, 8)] == ["heading", "heading", "unit", "heading", "data"]


def test_the_same_headings_in_another_order_are_others():
    swapped = ["序号", "签约方", "项目名称", "总投资（万元）"]
    assert read(HEADINGS, ABOVE, swapped, BELOW)["table at 3"] == [*zip(swapped, ["", "", "", "万元"], strict=True)]


@pytest.mark.parametrize(
    "again",
    [
        [HEADINGS],
        [["序 号", "项目名称", "签约方", "总投资"]],
        [["单位名录"], HEADINGS],
    ],
)
def test_the_same_headings_again_begin_no_other_table(again):
    found = read(HEADINGS, ABOVE, *again, BELOW)
    assert not [key for key in found if isinstance(key, str)]
    assert "data" not in [found[number] for number in range(3, 3 + len(again))]


@pytest.mark.parametrize(
    "row",
    [
        ["发展伙伴", "企业", "示例公司", 5],
        ["企业", "发展伙伴", "示例公司"],
        ["示例公司", "企业", "备注", "级别"],
    ],
)
def test_values_that_are_headings_elsewhere_are_data(row):
    headings = ["身份", "性质", "单位名称", "说明"]
    assert read(headings, row, row, known=KNOWN | {*headings})[2] == "data"


def test_headings_over_two_rows_need_no_merged_cells():
    upper = ["序号", "项目名称", "投资情况", None, "备注"]
    found = read(HEADINGS, ABOVE, upper, [None, None, "总投资（亿元）", "2024年计划投资"], [1, "示例乙", 3, 1])
    assert [text for text, _ in found["table at 3"]] == [
        "序号",
        "项目名称",
        "投资情况 总投资（亿元）",
        "投资情况 2024年计划投资",
        "备注",
    ]
    assert (found[4], found[5]) == ("heading", "data")
    # The first record is none of the headings.
    assert read(upper, [1, "示例乙", "示例丙", "示例丁", "略"])[2] == "data"
    assert read(upper, [None, "示例乙", "示例丙", "示例丁"])[2] == "data"
    assert read(upper, [None, None, "示例乙"])[2] == "data"


def test_no_sheet_has_tables_without_end():
    rows = [["项目名称", "签约方"], ["签约方", "项目名称"]] * 500
    assert sum(isinstance(key, str) for key in read(*rows)) == 200

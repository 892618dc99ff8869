"""What a row of a clerk's sheet is, by its layout alone: a total, a signature, a note, a unit row, or data."""

import re
import unicodedata

from fengtai.values.texts import shows_something
from fengtai.workbooks.data import Cell, Shown
from fengtai.workbooks.heading_texts import is_unit
from fengtai.workbooks.total_words import is_total

SIGNATURE = re.compile(
    r"(?:填报|填表|制表|审核|复核|报送|统计|经办|联系|负责|主管|上报|签发)(?:人|单位|部门|时间|日期|电话|负责人)?"
    r"(?:\((?:签字|签章|盖章|签名)\))?:.*|(?:单位|部门|分管|主要)(?:负责人|领导)?(?:\((?:签字|签章|盖章|签名)\))?:.*"
    r"|(?:填报|填表|制表|审核|复核|经办)(?:人|单位|日期|时间)|(?:日期|电话|联系方式|盖章|公章):.*"
    r"|(?:打印|导出|生成|下载|输出|查询)(?:(?:人|日期|时间):|(?:日期|时间)\d).*",
    re.DOTALL,
)
# A line at the foot of a printed page: 第1页 共3页, - 1 -, Page 1 of 3.
PAGE = re.compile(
    r"第[\d一二三四五六七八九十]+页[,/\-]?(?:[,(]?共[\d一二三四五六七八九十]+页\)?)?|共\d+页[,/]?第\d+页|第\d+/\d+页|[-—–]\d+[-—–]|page\d+(?:(?:of|/)\d+)?",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"[*※★☆#]*(?:(?:填报|填表|填写|编制|指标|数据|资料|信息|图表|补充|情况)?(?:说明|要求|须知|依据|来源|出处)"
    r"|附?注|备注|注释)(?:\d*|\(?\d\)?)[:.、].*"
    r"|附?注|备注|注释|填报?说明|(?:数据|资料)来源|notes?\d*|(?:notes?\d*|sources?):.*|\(?以下(?:空白|无正文|无内容)\)?[.。]?",
    re.DOTALL | re.IGNORECASE,
)
CIRCLED_NOTE = re.compile(r"\s*附?注\s*[①-⑳⑴-⒇].*", re.DOTALL)  # before its number is folded to a plain one
CIRCLED = re.compile(r"\s*[①-⑳⑴-⒇].*", re.DOTALL)
ITEM = re.compile(r"(?:\(?\d{1,2}[.、)]|\([一二三四五六七八九十]\)|[*※★☆#△▲●■◆·]).*", re.DOTALL)
SENTENCE_ENDS = ("。", "；")
SENTENCE = re.compile(r".*[。；！？].*", re.DOTALL)
INDENTED = re.compile(r"[\s\u3000]{2,}\S")
UNIT_LINE = re.compile(r"(?:计量|金额|货币)?单位\s*[:：]\s*([^\s)）\]】;；。]+)")
EXAMPLE = re.compile(
    r"\(?(?:填写|填报)?(?:示例|样例|范例|示范|例|example|sample)(?:行|数据)?\)?(?:\((?:勿填|请删除|delete)\))?:?"
    r"|(?:填写|填报)?(?:示例|样例|范例|例如?|example|sample)(?:行|数据)?\d{0,2}:.*|[(【\[](?:填写)?(?:示例|样例|范例|例)[)】\]].*",
    re.IGNORECASE | re.DOTALL,
)
DITTO = {"同上", '"', "〃", "″", "”", "''", "′′"}
LONGEST_DITTO = 6
LONGEST_PAGE_LINE = 20
RANKS = "甲乙丙丁戊己庚辛"


def plain(cell: Cell) -> str:
    """A cell's text for comparing, without width and blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(cell)))


def is_ditto(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST_DITTO and plain(cell).rstrip("。.") in DITTO


def shows_nothing(cells: dict[int, Cell]) -> bool:
    """Whether a row is blank to the eye, whatever characters it holds."""
    for cell in cells.values():
        if not isinstance(cell, str) or cell[:1].isalnum() or shows_something(cell):
            return False
    return True


def kind_below(cells: dict[int, Cell]) -> str:
    """The kind of a row below the headings, or nothing if it is data."""
    cell = cells[min(cells)]
    if not isinstance(cell, str | Shown):
        return ""
    text = plain(cell)
    if is_total(text):
        return "total"
    if all(map(_is_unit_line, cells.values())):
        return "unit"
    if SIGNATURE.fullmatch(text) or (len(text) <= LONGEST_PAGE_LINE and PAGE.fullmatch(text)):
        return "signature"
    if NOTE.fullmatch(text) or CIRCLED_NOTE.fullmatch(str(cell)):
        return "note"
    return "example" if EXAMPLE.fullmatch(text) else ""


def goes_on(text: str) -> bool:
    """Whether a lone text can only continue a note: 2.本表为计划数, ②…, an indented line, a sentence."""
    return bool(
        ITEM.fullmatch(plain(text)) or CIRCLED.fullmatch(text) or SENTENCE.fullmatch(text) or INDENTED.match(text)
    )


def ends_a_sentence(text: str) -> bool:
    return text.rstrip()[-1:] in SENTENCE_ENDS


def kind_above(cells: dict[int, Cell], is_first: bool) -> str:
    """The kind of a row above the headings: the first is the title, if it is not something else."""
    text = plain(cells[min(cells)])
    if all(_is_unit_line(cell) for cell in cells.values()):
        return "unit"
    if SIGNATURE.fullmatch(text):
        return "signature"
    return "note" if NOTE.fullmatch(text) or not is_first else "title"


def _is_unit_line(cell: Cell) -> bool:
    if not isinstance(cell, str) or "单位" not in cell:
        return False
    text = plain(cell).strip("()[]【】")
    match = UNIT_LINE.fullmatch(text)
    return bool(match) and bool(units_in(text))


def units_in(text: str) -> list[str]:
    """The units that a line states: 单位：万元、平方米 → both; 单位：某某公司 → none."""
    stated = [re.split(r"[、,/和]", units) for units in UNIT_LINE.findall(unicodedata.normalize("NFKC", text))]
    return [unit for units in stated if all(map(is_unit, units)) for unit in units]


def is_unit_row(cells: dict[int, Cell], headings: dict[int, str]) -> bool:
    """Below the headings: nothing but units, and not merely the first value of a column of units."""
    texts = {column: plain(cell).strip("()[]【】") for column, cell in cells.items()}
    stated = [column for column, text in texts.items() if is_unit(text.removeprefix("单位:"))]
    others = [text for column, text in texts.items() if column not in stated]
    return bool(
        any("单位" not in headings.get(column, "") for column in stated)
        and all(text in {"-", "—", "--", "/", "单位", "计量单位"} for text in others)
    )


def is_numbering(cells: dict[int, Cell]) -> bool:
    """A row that numbers the columns: 甲 乙 1 2 3, (1) (2) (3), 栏次 1 2 3"""
    texts = [plain(cells[column]).strip("()") for column in sorted(cells)]
    rest = [text for text in texts if text not in RANKS and text not in {"栏次", "列次", "a", "b", "c", "A", "B", "C"}]
    return len(rest) >= 3 and rest == [str(number) for number in range(1, len(rest) + 1)]

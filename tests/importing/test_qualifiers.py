"""Every qualifier of a figure is kept, with the figure or as its coverage, or refused at its cell; none is dropped."""

import pytest

from indicators.models import Observation
from tests import factories
from tests.importing.import_steps import CREATE_ALL, outcomes, planned, saved
from tests.importing.test_import_samples import taken

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]

# By word: what a figure of 590 亿元 is printed as with it, and its coverage; nothing where it is refused.
KEPT = {
    "合计": ("合计590亿元", ""),
    "总计": ("总计590亿元", ""),
    "共": ("共590亿元", ""),
    "总量": ("总量590亿元", ""),
    "总数": ("总数590亿元", ""),
    "累计": ("累计590亿元", ""),
    "累计数": ("累计数590亿元", ""),
    "全年": ("全年590亿元", ""),
    "新增": ("新增590亿元", ""),
    "净增": ("净增590亿元", ""),
    "首次突破": ("首次突破590亿元", ""),
    "预计突破": ("预计突破590亿元", ""),
    "左右": ("590亿元左右", ""),
    "以上": ("590亿元以上", ""),
    **{
        word: ("590亿元", word)
        for word in [
            "人均",
            "户均",
            "年均",
            "平均",
            "区属",
            "全口径",
            "规上",
            "规模以上",
            "限上",
            "其中",
            "仅",
            "仅园区",
            "不含园区",
            "含增资",
            "第一批",
        ]
    },
    "人均约": ("约590亿元", "人均"),
    "分别": None,
    "上半年": None,
    "示例词": None,
}
BEHIND = {"左右", "以上"}
IN_HEADINGS = KEPT | {"分别": ("590亿元", "分别")}  # there it is said of a whole column
NO_QUALIFIERS = {"上半年", "示例词", "人均约"}  # of a heading


def sheet(tmp_path, heading: str, rows: list, *more: str):
    headings = ["地区", "指标", "期间", heading, *more]
    return saved(tmp_path / "figures.xlsx", ("数据", [headings, *rows]))


def row(word: str, *cells) -> list:
    return ["示例区", f"示例指标{word}", "2024年", *cells]


def kept(found) -> dict:
    """By word the printed figure and the coverage; nothing where the row is refused."""
    values = {}
    for plan in found.rows:
        said = plan.item.values if plan.item is not None else {}
        values[plan.label.partition(" ")[0].removeprefix("示例指标")] = (
            None if plan.has_errors else (str(said["value"]), said.get("coverage", ""))
        )
    return values


def refused_at(found) -> set[str]:
    return {problem.heading for problem in found.all_problems() if problem.is_error}


def test_in_a_column_of_their_own(tmp_path):
    rows = [row(word, 590, "亿元", word) for word in KEPT]
    found = planned("observations", sheet(tmp_path, "数值", rows, "单位", "修饰词"), **CREATE_ALL)
    assert kept(found) == KEPT
    assert refused_at(found) == {"修饰词"}


def test_in_the_figure_s_own_text(tmp_path):
    rows = [row(word, f"590亿元{word}" if word in BEHIND else f"{word}590亿元") for word in KEPT]
    found = planned("observations", sheet(tmp_path, "数值", rows), **CREATE_ALL)
    assert kept(found) == KEPT
    assert refused_at(found) == {"数值"}


def test_in_the_heading(tmp_path):
    for word in sorted(IN_HEADINGS.keys() - NO_QUALIFIERS):
        found = planned("observations", sheet(tmp_path, f"数值（{word}）（亿元）", [row("", 590)]), **CREATE_ALL)
        assert kept(found) == {"": IN_HEADINGS[word]}, word


def test_in_brackets_behind_the_figure_they_stay_with_it_or_are_its_coverage(tmp_path):
    words = [word for word, told in KEPT.items() if told and told[1]]
    rows = [row(word, f"590亿元（{word}）") for word in words if word != "人均约"]
    found = kept(planned("observations", sheet(tmp_path, "数值", rows), **CREATE_ALL))
    assert all(word in "".join(told) for word, told in found.items())


@pytest.mark.parametrize(
    ("growth", "expected"),
    [
        ("人均增长6.5%", ("增长6.5%", "人均")),
        ("规模以上增长6.5%", ("增长6.5%", "规模以上")),
        ("仅下降5.7%", ("下降5.7%", "仅")),
        ("增长6.5%（可比价）", ("增长6.5%（可比价）", "")),
        ("年均增长6.5%", ("年均增长6.5%", "")),
        ("不含下降5.7%", None),
    ],
)
def test_of_a_growth(tmp_path, growth, expected):
    found = planned("observations", sheet(tmp_path, "同比增长", [row("", growth)]), **CREATE_ALL)
    values = found.rows[0].item.values
    told = None if found.refused else (str(values["growth"]), values.get("coverage", ""))
    assert told == expected


def test_what_a_growth_alone_covers_is_not_said_of_the_figure(tmp_path):
    path = sheet(tmp_path, "数值（不含园区）", [row("", "590亿元", "人均增长5%", "大数")], "同比增速（可比价）", "口径")
    taken("observations", path, **CREATE_ALL)
    seen = Observation.objects.get()
    assert (str(seen.value), str(seen.growth), seen.growth_basis) == ("590亿元", "增长5%", "real")
    assert seen.coverage == "大数；不含园区；同比增速：人均"
    assert outcomes(planned("observations", path)) == ["same"]


def test_a_record_on_file_keeps_what_it_covers(tmp_path):
    factories.observation(
        indicator=factories.indicator(name="示例指标甲"), period="2024年", value="590亿元", coverage="全口径；人均"
    )
    path = sheet(tmp_path, "数值", [row("甲", "人均590亿元")])
    assert outcomes(planned("observations", path, **CREATE_ALL)) == ["same"]

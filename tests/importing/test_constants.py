"""What a person states once for a whole file: offered from the lines around its rows, never assumed."""

import pytest

from fengtai.records.models import Source
from indicators.models import Observation
from projects.models import Amount
from tests.importing.import_steps import CREATE_ALL, codes, planned, run, saved

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


def sheets(tmp_path, **rows):
    return saved(tmp_path / "表.xlsx", *((name, [list(row) for row in some]) for name, some in rows.items()))


def stated(tmp_path, *rows, name="observations", **constants):
    return planned(name, sheets(tmp_path, 表=rows), **CREATE_ALL, decided={"set": constants})


def asked(found):
    return {one.key: (one.offered, one.required) for one in found.questions if one.topic == "set"}


def written(found, model, *names):
    items = [item for row in found.rows for item in row.items() if item.model is model]
    return [tuple(_name(item.values.get(name, "")) for name in names) for item in items]


def _name(value):
    return value.values.get("name") or value.values.get("title") if hasattr(value, "values") else str(value)


LIST = ["指标", "期间", "数值"]


def test_a_missing_column_is_asked_for_and_offered_from_the_lines_above(tmp_path):
    rows = [["2024年1-9月丰台区示例指标"], ["指标", "数值"], ["示例总值", "10亿元"]]
    found = stated(tmp_path, *rows)
    assert asked(found) == {"scope": ("丰台区", True), "period": ("2024年1-9月", False)}
    assert [one.code for one in found.problems if one.is_error] == ["missing_column"]
    found = stated(tmp_path, *rows, scope="丰台区", period="2024年1-9月")
    assert (codes(found), written(found, Observation, "scope", "period")) == ([], [("丰台区", "2024年1-9月")])


@pytest.mark.parametrize("line", ["地区：示例区", "统计范围: 示例区  单位：亿元", "指标口径  地区：示例区"])
def test_a_labelled_line_is_offered(tmp_path, line):
    found = stated(tmp_path, ["示例表"], [line], LIST, ["示例总值", "2024年", "10亿元"])
    assert asked(found)["scope"] == ("示例区", True)


def test_a_constant_by_the_heading_s_own_words(tmp_path):
    found = stated(tmp_path, LIST, ["示例总值", "2024年", "10亿元"], 地区="示例区")
    assert (codes(found), written(found, Observation, "scope")) == ([], [("示例区",)])


def test_a_filled_cell_is_never_written_over(tmp_path):
    rows = [["指标", "地区", "期间", "数值"], ["示例总值", "示例市", "2024年", "1户"], ["示例总值", "", "", "2户"]]
    found = stated(tmp_path, *rows, scope="示例区", period="2023年")
    assert written(found, Observation, "scope", "period") == [("示例市", "2024年"), ("示例区", "2023年")]


@pytest.mark.parametrize(
    "constants", [{"scope": "示例市"}, {"rubbish": "示例"}, {"unit": "万元"}, {"coverage.x": "示例"}], ids=str
)
def test_a_constant_that_the_file_does_not_ask_for_is_a_mistake(tmp_path, constants):
    rows = [["指标", "地区", "期间", "数值（亿元）"], ["示例总值", "示例区", "2024年", 10]]
    assert [one.code for one in stated(tmp_path, *rows, **constants).problems] == ["unmatched"]


def test_of_one_sheet_only(tmp_path):
    path = sheets(tmp_path, 甲=[LIST, ["示例总值", "2024年", "1户"]], 乙=[LIST, ["示例总值", "2023年", "2户"]])
    decided = {"set": {"scope": "示例区", "scope@乙": "示例市"}}
    found = planned("observations", path, **CREATE_ALL, decided=decided)
    assert (codes(found), written(found, Observation, "scope")) == ([], [("示例区",), ("示例市",)])


def test_the_unit_of_all_figures_that_state_none(tmp_path):
    headings = ["项目名称", "总投资", "注册资本（万美元）", "建筑面积"]
    rows = [headings, ["示例一", 9000, 3, "5平方米"], ["示例二", "2亿元", "", ""]]
    found = stated(tmp_path, *rows, name="projects", unit="元")
    assert written(found, Amount, "figure") == [("9000元",), ("3万美元",), ("2亿元",)]


@pytest.mark.parametrize("line", ["单位：万元", "（金额单位：万元）"])
def test_the_unit_of_the_sheet_goes_before_that_of_the_file(tmp_path, line):
    found = stated(tmp_path, ["示例表"], [line], ["项目名称", "总投资"], ["示例一", 9000], name="projects", unit="元")
    assert written(found, Amount, "figure") == [("9000万元",)]


def test_kind_and_source_for_a_whole_list(tmp_path):
    rows = [["项目名称", "总投资（万元）"], ["示例一", 9000]]
    Source.objects.create(title="示例公报", kind=Source.Kind.STATISTICAL_BULLETIN)
    found = stated(tmp_path, *rows, name="projects", source="示例公报")
    assert (codes(found), [row.outcome for row in found.rows]) == ([], ["new"])
    assert any(item.model.__name__ == "Citation" for item in found.rows[0].items())


@pytest.mark.parametrize(
    "rows",
    [
        [["地区", "指标", "数值"], ["示例区", "示例总值", "10亿元"]],
        [["地区", "指标", "期间", "数值"], ["示例区", "示例总值", "", "10亿元"]],
    ],
    ids=["no column", "an empty cell"],
)
def test_a_figure_without_a_period_is_taken_as_not_stated(tmp_path, rows):
    found = stated(tmp_path, *rows)
    assert ([row.outcome for row in found.rows], written(found, Observation, "period")) == (["new"], [("",)])


def test_a_note_below_is_no_row_to_complete(tmp_path):
    rows = [["指标", "地区", "期间", "数值"], ["示例总值", "示例区", "2024年", "1户"], ["以上为初步数。"]]
    found = stated(tmp_path, *rows)
    assert [row.outcome for row in found.rows][:1] == ["new"]


def test_the_command_states_constants(tmp_path):
    path = sheets(tmp_path, 表=[["指标", "2023年"], ["示例总值（亿元）", 10]])
    status, result = run("observations", path, "--create", "all", "--set", "地区=示例区")
    assert (status, result["new"], result["layouts"][0]["cell"]) == (0, 1, "B2")
    status, result = run("observations", path, "--create", "all")
    assert (status, [one["key"] for one in result["questions"]]) == (1, ["scope", "表"])

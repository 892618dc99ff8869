"""Rows about one record: equal in every cell they are one; where they differ a person says what they are."""

import pytest

from partners.models import Organisation
from projects.models import Project
from tests import factories
from tests.importing.import_steps import codes, outcomes, planned, run, saved

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
HEADINGS = ["序号", "单位名称", "地区", "地址", "产业领域"]
NAME, OTHER = "示例甲公司", "示例乙公司"


@pytest.fixture
def sheet(tmp_path):
    return lambda *rows: saved(tmp_path / "示例名录.xlsx", ("名录", [HEADINGS, *rows]))


def kinds(found) -> list[tuple[int, str]]:
    return [(row.row, row.kind) for row in found.skipped if row.kind in ("repeat", "left_out")]


def asked(found, topic: str) -> list[tuple[str, list[str]]]:
    return [(each.key, [answer for answer, _label in each.choices]) for each in found.questions if each.topic == topic]


def test_a_row_equal_in_every_cell_is_no_second_record(sheet):
    path = sheet([1, NAME, "丰台区"], [1, NAME, "丰台区"], [2, OTHER, -1], [2, OTHER, -1])
    found = planned("organisations", path)
    assert (outcomes(found), kinds(found), found.refused) == (["new", "new"], [(3, "repeat"), (5, "repeat")], False)
    assert codes(found) == [(3, "repeat"), (5, "repeat")]
    status, result = run("organisations", path, "--commit")
    assert (status, result["new"], Organisation.objects.count()) == (0, 2, 2)


def test_rows_that_differ_in_a_number_are_not_equal(sheet):
    found = planned("places", saved(sheet().with_name("地.xlsx"), ("表", [["名称", "地区"], [NAME, -1], [NAME, -2]])))
    assert [code for _row, code in codes(found)] == ["duplicate", "duplicate"]


DIFFER = (
    [1, NAME, "丰台区", None, "示例产业"],
    [2, NAME, "海淀区", "示例路1号", "示例新产业"],
    [3, OTHER, None, None, "示例产业"],
)
AGREE = ([1, NAME, "丰台区", None, None], [2, NAME, None, "示例路1号", "示例产业"], [3, OTHER, None, None, "示例产业"])
CREATE = {"references": {"industry": {"*": "create"}}}


@pytest.mark.parametrize(
    ("rows", "choices"),
    [(DIFFER, ["first", "last", "apart", "leave"]), (AGREE, ["first", "last", "merged", "apart", "leave"])],
)
def test_rows_that_differ_are_asked_about_and_refused_until_it_is_said(sheet, rows, choices):
    found = planned("organisations", sheet(*rows), **CREATE)
    assert asked(found, "repeat") == [(NAME, choices)]
    assert (outcomes(found), codes(found)) == (["refused", "refused", "new"], [(2, "duplicate"), (3, "duplicate")])


@pytest.mark.parametrize(
    ("rows", "answer", "written"),
    [
        (DIFFER, "first", [(NAME, "丰台区", "", ["示例产业"])]),
        (DIFFER, "last", [(NAME, "海淀区", "示例路1号", ["示例新产业"])]),
        (DIFFER, "leave", []),
        (AGREE, "merged", [(NAME, "丰台区", "示例路1号", ["示例产业"])]),
        (AGREE, "apart", [(NAME, "丰台区", "", []), (NAME, "", "示例路1号", ["示例产业"])]),
    ],
)
def test_what_is_decided_of_a_repeat_is_written(sheet, rows, answer, written):
    status, result = run(
        "organisations", sheet(*rows), "--create", "all", "--commit", "--decide", f"repeat:{NAME}={answer}"
    )
    assert (status, result["problems"]) == (0, [])
    found = Organisation.objects.filter(name=NAME).order_by("pk")
    assert [
        (row.name, row.region, row.address, [str(each) for each in row.industries.all()]) for row in found
    ] == written
    assert Organisation.objects.filter(name=OTHER).count() == 1
    names = {each for row in found for each in row.industries.values_list("name", flat=True)} | {"示例产业"}
    assert names == {*factories.Industry.objects.values_list("name", flat=True)}


def test_what_hangs_on_the_rows_is_merged_too(tmp_path):
    rows = [["项目名称", "投资方", "总投资"], ["示例项目", "示例甲公司", "3亿元"], ["示例项目", "示例乙公司", None]]
    path = saved(tmp_path / "项目.xlsx", ("项目", rows))
    status, _result = run("projects", path, "--create", "all", "--commit", "--decide", "repeat:*=merged")
    project = Project.objects.get()
    assert (status, project.parties.count(), project.amounts.count()) == (0, 2, 1)


def test_remarks_do_not_contradict_each_other(tmp_path):
    rows = [["单位名称", "地区", "备注"], [NAME, "丰台区", "合并单元格"], [NAME, "丰台区", "两个牵头部门"]]
    path = saved(tmp_path / "名录.xlsx", ("名录", rows))
    status, _result = run("organisations", path, "--commit", "--decide", f"repeat:{NAME}=merged")
    assert (status, Organisation.objects.get().remark) == (0, "合并单元格\n两个牵头部门")


def test_rows_about_one_record_on_file_are_not_apart(sheet):
    factories.organisation(name=NAME)
    found = planned("organisations", sheet(*AGREE), **CREATE)
    assert asked(found, "repeat") == [(NAME, ["first", "last", "merged", "leave"])]


def test_a_refused_row_may_be_left_out(sheet):
    path = sheet([1, NAME], [2, OTHER, None, None, "没有的产业"])
    found = planned("organisations", path)
    assert asked(found, "row") == [(f"2 {OTHER}", ["leave"])]
    left = planned("organisations", path, decided={"row": {f"2 {OTHER}": "leave"}})
    assert (outcomes(left), kinds(left), codes(left)) == (["new"], [(3, "left_out")], [])


@pytest.mark.parametrize("code", ["9.1E+17", 911100000000000000, "91110106MA01TEST00"])
def test_a_damaged_code_is_left_out_and_kept_as_printed(tmp_path, code):
    path = saved(tmp_path / "名录.xlsx", ("名录", [["单位名称", "信用代码", "备注"], [NAME, code, "示例"]]))
    found = planned("organisations", path)
    assert outcomes(found) == ["refused"]
    ((key, choices),) = asked(found, "code")
    assert choices == ["remark"]
    for said in (key, "信用代码", "*"):
        kept = planned("organisations", path, decided={"code": {said: "remark"}})
        assert (outcomes(kept), codes(kept)) == (["new"], [(2, "code_kept")])
        assert kept.rows[0].item.values["remark"] == f"示例\n信用代码：{key}"
        assert "credit_code" not in kept.rows[0].item.values

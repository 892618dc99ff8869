"""Good rows are taken, the rest goes back as the sender's own file, and is known when it comes again."""

import pytest
from openpyxl import load_workbook

from fengtai.importing.taking import steps
from fengtai.importing.taking.handing_back import returned_file
from fengtai.records.models import ImportBatch, Source
from partners.models import Industry, Organisation
from tests.importing.import_steps import codes, received, run, saved

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
HEADINGS = ["单位名称", "统一社会信用代码", "产业领域"]
GOOD, BAD, OTHER = "示例甲公司", "示例乙公司", "示例丙公司"
ROWS = [[GOOD, None, "示例产业"], [BAD, "9.1E+17", "示例新产业"], [OTHER, None, "示例产业"]]
CREATE = {"references": {"industry": {"*": "create"}}}


@pytest.fixture
def sheet(tmp_path):
    return lambda *rows: saved(tmp_path / "示例名录.xlsx", ("名录", [HEADINGS, *rows]))


def names() -> set[str]:
    return {*Organisation.objects.values_list("name", flat=True)}


def values(path, name="名录") -> list[list]:
    return [list(row) for row in load_workbook(path)[name].iter_rows(min_row=2, max_col=3, values_only=True)]


def sent_back(batch, tmp_path):
    path = tmp_path / "退回.xlsx"
    path.write_bytes(returned_file(batch, only_faulty=True))
    return path


def test_the_whole_file_is_refused_unless_somebody_says_otherwise(sheet):
    batch = received("organisations", sheet(*ROWS), **CREATE)
    assert (batch.counts["go_back"], batch.counts["good"]) == (1, 2)
    steps.commit(batch)
    assert (batch.state, names()) == ("refused", set())


def test_good_rows_are_one_batch_and_make_only_what_they_need(sheet):
    batch = received("organisations", sheet(*ROWS), **CREATE)
    steps.commit(batch, good_rows=True)
    assert (batch.state, names()) == ("committed", {GOOD, OTHER})
    assert [*Industry.objects.values_list("name", flat=True)] == ["示例产业"]
    assert (batch.counts["new"], batch.counts["refused"]) == (2, 1)
    steps.undo(batch)
    assert (names(), Industry.objects.count()) == (set(), 0)


def test_a_row_goes_back_with_the_source_that_it_needs(tmp_path):
    sources = (
        "来源",
        [
            ["来源编号", "标题", "类型", "发布日期"],
            ["W01", "示例公报", "统计公报", "2024年"],
            ["W02", "示例简报", "统计公报", "某年某月"],
        ],
    )
    rows = [["单位名称", "来源编号"], [GOOD, "W01"], [BAD, "W02"]]
    path = saved(tmp_path / "示例名录.xlsx", ("名录", rows), sources)
    found = steps.plan_of(batch := received("organisations", path), steps.Progress(batch))
    assert {row.label: row.outcome for row in found.rows} == {GOOD: "new", BAD: "refused"}
    assert "needs_refused" in [code for _row, code in codes(found)]
    steps.commit(batch, good_rows=True)
    assert (names(), Source.objects.get().title) == ({GOOD}, "示例公报")


def test_what_is_wrong_with_the_file_as_a_whole_stops_its_good_rows_too(sheet):
    batch = received("organisations", sheet(*ROWS), **CREATE, columns={"没有的": ""})
    steps.commit(batch, good_rows=True)
    assert (batch.state, [problem["code"] for problem in batch.notes["problems"]]) == ("refused", ["unmatched"])


def test_what_goes_back_holds_the_refused_rows_alone_and_is_known_when_it_comes_again(sheet, tmp_path):
    batch = received("organisations", sheet(*ROWS), **CREATE)
    steps.commit(batch, good_rows=True)
    path = sent_back(batch, tmp_path)
    assert [row[0] for row in values(path)] == [BAD]
    book = load_workbook(path)
    book["名录"]["B2"].value = None
    book.save(path)
    again = received("organisations", path)
    assert (again.continues, again.counts["new"], again.notes["problems"]) == (batch, 1, [])
    steps.commit(again)
    assert (again.state, names()) == ("committed", {GOOD, BAD, OTHER})
    assert Industry.objects.count() == 2


def test_decisions_that_do_not_fit_what_came_back_are_left_behind(sheet, tmp_path):
    said = {"references": {"industry": {"示例产业": "create", "示例新产业": "create"}}}
    batch = received("organisations", sheet(*ROWS), **said)
    steps.commit(batch, good_rows=True)
    path = sent_back(batch, tmp_path)
    book = load_workbook(path)
    book["名录"]["B2"].value, book["名录"]["C2"].value = None, "示例产业"
    book.save(path)
    again = received("organisations", path)
    assert (again.notes["problems"], again.counts["new"]) == ([], 1)
    assert again.answers["references"] == {"industry": {"示例产业": "create"}}


def test_a_file_of_another_list_or_of_no_import_continues_nothing(sheet, tmp_path):
    batch = received("organisations", sheet(*ROWS), **CREATE)
    path = sent_back(batch, tmp_path)
    assert received("places", path).continues is None
    batch.delete()
    assert received("organisations", path).continues is None


def test_rows_that_go_back_keep_what_they_are_read_by(tmp_path):
    """The value that 同上 repeats, and the sheet of sources that they name by number."""
    sources = ("来源", [["来源编号", "标题", "类型"], ["W01", "示例公报", "统计公报"]])
    rows = [
        ["单位名称", "地区", "统一社会信用代码", "来源编号"],
        [GOOD, "丰台区", None, "W01"],
        [BAD, "同上", "9.1E+17", "W01"],
    ]
    batch = received("organisations", saved(tmp_path / "名录.xlsx", ("名录", rows), sources))
    steps.commit(batch, good_rows=True)
    path = sent_back(batch, tmp_path)
    assert values(path)[0][:2] == [BAD, "丰台区"]
    assert values(path, "来源")[0][:2] == ["W01", "示例公报"]


def test_the_command_takes_the_good_rows_and_writes_the_rest(sheet, tmp_path):
    out = tmp_path / "退回.xlsx"
    options = ("--create", "all", "--good-rows", "--returned", out)
    status, result = run("organisations", sheet(*ROWS), *options)
    assert (status, result["go_back"], names()) == (0, 1, set())
    status, result = run("organisations", sheet(*ROWS), *options, "--commit")
    assert (status, result["state"], [problem["row"] for problem in result["problems"]]) == (0, "committed", [3])
    assert [row[0] for row in values(out)] == [BAD]
    status, result = run("organisations", out, "--good-rows", "--commit")
    assert (status, result["continues"]) == (1, ImportBatch.objects.latest("pk").pk)


def test_a_row_that_turned_bad_since_the_preview_stops_the_rest(sheet):
    batch = received("organisations", sheet(*ROWS), **CREATE)
    first, second = (Organisation.objects.create(name=name) for name in ("示例丁", "示例戊"))
    for each in (first, second):
        each.names.create(name=GOOD, kind="short")
    steps.commit(batch, good_rows=True)
    assert (batch.state, names()) == ("refused", {"示例丁", "示例戊"})
    assert {problem["code"] for problem in batch.notes["problems"]} == {"changed_since"}

"""What an import promises: nothing guessed, nothing lost, all or nothing, and what is refused says where and why."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches

from fengtai.importing.taking import steps
from fengtai.importing.taking.progress import Progress, read_progress
from fengtai.importing.taking.tasks import commit_import, preview_import
from fengtai.importing.taking.undoing import Touched
from fengtai.records.models import Citation, ImportBatch, ImportWrite, Source
from indicators.models import Observation
from partners.models import Organisation, OrganisationName, Policy
from partners.tables import RosterTable
from projects.models import Amount, Project
from tests import factories
from tests.bench.organisations import credit_code
from tests.importing.import_steps import CREATE_ALL, codes, outcomes, planned, received, run, said, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
NAME = "示例科技有限公司"


@pytest.fixture
def sheet(tmp_path):
    """Saves one sheet: headings, then rows."""

    def save(*rows, name="名录.xlsx", title="名录"):
        return saved(tmp_path / name, (title, [list(row) for row in rows]))

    return save


def committed(name, path, by=None, **answers):
    batch = received(name, path, **answers)
    steps.commit(batch, by=by)
    batch.refresh_from_db()
    return batch


# Cells


def test_a_blank_cell_leaves_what_is_on_file_and_a_word_erases_it(sheet):
    row = factories.organisation(name=NAME, region="丰台区", address="示例路1号", state="review")
    committed("organisations", sheet(["单位名称", "地区", "地址"], [NAME, None, "清空"]))
    row.refresh_from_db()
    assert (row.region, row.address) == ("丰台区", "")


def test_what_must_be_there_is_not_erased(sheet):
    factories.organisation(name=NAME)
    found = planned("organisations", sheet(["单位名称", "名称标记"], ["清空", "x"]), columns={"名称标记": ""})
    assert outcomes(found) == ["refused"]


@pytest.mark.parametrize("code", [911100006000373412, "9.1E+17"])
def test_a_code_damaged_by_a_spreadsheet_is_refused_with_that_reason(sheet, code):
    found = planned("organisations", sheet(["单位名称", "统一社会信用代码"], [NAME, code]))
    assert codes(found) == [(2, "damaged")]
    assert "表格软件" in said(found)[0] or "电子表格" in said(found)[0]


def test_a_code_in_groups_and_full_width_is_read(sheet):
    code = credit_code(1)
    typed = " ".join((code[:6], code[6:12], code[12:])).translate({48 + n: 0xFF10 + n for n in range(10)})
    committed("organisations", sheet(["单位名称", "信用代码"], [NAME, typed]))
    assert Organisation.objects.get().credit_code == code


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [("地区", "示" * 51, "too_long"), ("网址", "示例 路", "invalid"), ("地区", "一\x07二", "control_character")],
)
def test_a_cell_that_breaks_the_field_s_own_rule_is_refused(sheet, heading, cell, code):
    cell = cell.replace("\x07", "_x0007_")
    found = planned("organisations", sheet(["单位名称", heading], [NAME, cell]))
    assert [(problem.column, problem.heading, problem.code) for problem in found.all_problems()] == [
        ("B", heading, code)
    ]


def test_a_computed_column_is_not_written_and_says_so(client, sheet):
    roster = factories.roster()
    headings = ["名单", RosterTable.label("on_file"), "平台编号"]
    assert codes(planned("rosters", sheet(headings, [roster.title, 7, roster.pk]))) == [(2, "not_writable")]
    assert outcomes(planned("rosters", sheet(headings, [roster.title, 0, roster.pk]))) == ["same"]


# Columns


def test_an_unknown_column_is_named_until_the_user_says_what_it_is(sheet):
    path = sheet(["单位名称", "所辖街乡"], [NAME, "示例街道"])
    found = planned("organisations", path)
    assert [(problem.column, problem.heading, problem.code) for problem in found.problems] == [
        ("B", "所辖街乡", "unknown_column")
    ]
    assert planned("organisations", path, columns={"所辖街乡": "region"}).rows[0].item.values["region"] == "示例街道"
    assert planned("organisations", path, columns={"所辖街乡": ""}).rows[0].item.values == {"name": NAME}


def test_rows_are_planned_beside_an_unknown_column(sheet):
    found = planned("organisations", sheet(["单位名称", "杂项", "信用代码"], [NAME, "x", "9.1E+17"]))
    assert codes(found) == [(0, "unknown_column"), (2, "damaged")]
    assert found.counts()["read"] == 1


def test_a_growth_that_says_less_is_the_same_growth(sheet):
    seen(indicator=factories.indicator(name="示例值"), period="2023年", value="100亿元", growth="同比增长6.5%")
    row = ["示例区", "示例值", "2023年", 100, "亿元", "6.5%", None, None]
    assert outcomes(planned("observations", figures(sheet, row))) == ["same"]


def test_two_columns_of_one_meaning_are_refused(sheet):
    found = planned("organisations", sheet(["单位名称", "地区", "区域"], [NAME, "甲", "乙"]))
    assert [(problem.column, problem.code) for problem in found.problems] == [("C", "duplicate_column")]


def test_a_missing_column_that_new_records_need_is_named_once(sheet):
    found = planned("policies", sheet(["政策名称"], ["示例甲"], ["示例乙"]))
    assert [(problem.row, problem.code) for problem in found.all_problems()] == [(0, "missing_column")]
    assert "类型" in found.problems[0].message


def test_a_file_without_the_list_s_own_column_fits_no_sheet(sheet):
    found = planned("organisations", sheet(["甲", "乙"], ["一", "二"]))
    assert [problem.code for problem in found.problems] == ["no_sheet"]
    assert planned("organisations", sheet(["单位名称"], [NAME]), sheets=["别的"]).problems[0].code == "unknown_sheet"


@pytest.mark.parametrize("headings", [["企业名称"], ["名称*"], ["单 位 名 称"], ["单位名称（全称）"], ["单位/企业"]])
def test_headings_are_known_by_many_words(sheet, headings):
    assert outcomes(planned("organisations", sheet([*headings, "电话"], [NAME, "010"]))) == ["new"]


def test_a_csv_of_either_encoding_is_read(tmp_path):
    text = f"单位名称,地区\r\n{NAME},丰台区\r\n"
    for encoding in ("utf-8-sig", "utf-8", "gb18030"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        assert planned("organisations", path).rows[0].item.values == {"name": NAME, "region": "丰台区"}


# Which record


def test_a_code_is_surer_than_a_name_and_the_name_becomes_another(sheet):
    row = factories.organisation(name=NAME, credit_code=credit_code(1), state="review")
    committed("organisations", sheet(["单位名称", "信用代码"], ["示例新名", credit_code(1)]))
    row.refresh_from_db()
    assert (row.name, list(row.names.values_list("name"))) == (NAME, [("示例新名",)])


def test_width_of_brackets_and_other_names_find_the_record(sheet):
    row = factories.organisation(name="示例（北京）公司")
    OrganisationName.objects.create(organisation=row, name="示例旧名", kind="former")
    for name in ("示例(北京)公司", "示例旧名"):
        assert outcomes(planned("organisations", sheet(["单位名称"], [name]))) == ["same"]


def test_a_name_that_several_records_have_is_refused(sheet):
    factories.organisation(name=NAME)
    factories.organisation(name=NAME)
    assert codes(planned("organisations", sheet(["单位名称"], [NAME]))) == [(2, "ambiguous")]


def test_cells_of_two_records_in_one_row_are_refused(sheet):
    factories.organisation(name=NAME)
    factories.organisation(name="示例乙", credit_code=credit_code(2))
    path = sheet(["单位名称", "信用代码"], [NAME, credit_code(2)])
    assert codes(planned("organisations", path)) == [(2, "keys_disagree")]


def test_another_code_is_another_organisation(sheet):
    factories.organisation(name=NAME, credit_code=credit_code(1))
    path = sheet(["单位名称", "信用代码"], [NAME, credit_code(2)])
    assert codes(planned("organisations", path)) == [(2, "other_code")]


def test_the_number_of_a_download_renames_but_never_mixes_up(sheet):
    row, other = factories.organisation(name=NAME, state="review"), factories.organisation(name="示例乙")
    headings = ["单位名称", "平台编号"]
    assert codes(planned("organisations", sheet(headings, ["示例丙", 999]))) == [(2, "unknown_id")]
    assert codes(planned("organisations", sheet(headings, ["示例乙", row.pk]))) == [(2, "id_of_another")]
    committed("organisations", sheet(headings, ["示例丙", row.pk]))
    row.refresh_from_db()
    assert (row.name, Organisation.objects.get(pk=other.pk).name) == ("示例丙", "示例乙")


def test_a_near_match_is_offered_and_never_taken(sheet):
    known = factories.organisation(name="示例科技集团有限公司")
    factories.organisation(name="示例航天")
    path = sheet(["单位名称", "地区"], ["示例科技（北京）有限公司", "丰台区"], ["示例证券", "丰台区"])
    found = planned("organisations", path)
    assert outcomes(found) == ["new", "new"]
    assert [row.near for row in found.rows] == [[(known.pk, known.name)], ()]
    assert codes(found) == [(2, "near_match")]
    said = {"same": {"示例科技（北京）有限公司": str(known.pk)}}
    same = planned("organisations", path, decided=said)
    assert (outcomes(same), codes(same)) == (["changed", "new"], [])
    new = planned("organisations", path, decided={"same": {"示例科技（北京）有限公司": "new"}})
    assert (outcomes(new), codes(new)) == (["new", "new"], [])


# Figures beside earlier ones


def seen(**given):
    scope = factories.scope(name="示例区")
    return factories.observation(scope=scope, **given)


def figures(sheet, *rows):
    headings = ["地区", "指标名称", "期间", "数值", "单位", "同比", "口径", "修订原因"]
    return sheet(headings, *rows)


def test_a_figure_that_contradicts_what_was_published_is_a_revision(sheet):
    old = seen(indicator=factories.indicator(name="示例值"), period="2023年", value="100亿元")
    row = ["示例区", "示例值", "2023年", "120", "亿元", None, None]
    found = planned("observations", figures(sheet, row))
    assert [(problem.column, problem.code) for problem in found.all_problems()] == [("D", "revision")]
    committed("observations", figures(sheet, [*row, "普查后修订"]))
    new = Observation.objects.get(supersedes=old)
    old.refresh_from_db()
    assert (str(old.value), str(new.value), new.reason) == ("100亿元", "120亿元", "普查后修订")
    assert outcomes(planned("observations", figures(sheet, [*row, "普查后修订"]))) == ["same"]


def test_another_vintage_is_a_row_of_its_own(sheet):
    seen(indicator=factories.indicator(name="示例值"), period="2023年", value="100亿元", vintage="preliminary")
    found = planned("observations", figures(sheet, ["示例区", "示例值", "2023年", "101", "亿元", None, "最终核实"]))
    assert (outcomes(found), codes(found)) == (["new"], [])


def test_a_slip_of_ten_thousand_and_an_impossible_growth_are_warned_of(sheet):
    seen(indicator=factories.indicator(name="示例值"), period="2022年", value="100亿元")
    path = figures(sheet, ["示例区", "示例值", "2023年", "110", "万元", None, None])
    assert codes(planned("observations", path)) == [(2, "amount_leap")]
    path = figures(sheet, ["示例区", "示例值", "2023年", "110", "亿元", "增长50%", None])
    assert codes(planned("observations", path)) == [(2, "growth_unlike")]
    path = figures(sheet, ["示例区", "示例值", "2023年", "110", "亿元", "增长9%", None])
    assert codes(planned("observations", path)) == []


def test_an_amount_of_a_project_is_compared_with_the_earlier(sheet):
    amount = factories.amount(project=factories.project(title="示例园", state="review"), figure="3.5亿元")
    path = sheet(["项目名称", "投资额（万元）"], ["示例园", 3.5])
    found = planned("projects", path)
    assert (outcomes(found), codes(found)) == (["changed"], [(2, "amount_leap")])
    committed("projects", path)
    assert [str(row.figure) for row in Amount.objects.filter(pk=amount.pk)] == ["3.5万元"]


def test_other_headings_of_a_list_of_projects_are_understood(sheet):
    headings = [
        "项目名称",
        "项目单位",
        "建设地点",
        "占地面积",
        "总投资（万元）",
        "其中：贷款（万元）",
        "开工时间",
        "项目状态",
    ]
    committed(
        "projects", sheet(headings, ["示例园", "示例集团", "示例路1号", "30亩", 120000, 2000, "2024年3月", "在建"])
    )
    row = Project.objects.get()
    assert (row.location, str(row.floor_area), row.floor_area_of) == ("示例路1号", "30亩", "占地面积")
    assert list(row.parties.values_list("printed", "role")) == [("示例集团", "owner")]
    amounts = [(amount.kind, str(amount.figure)) for amount in row.amounts.order_by("pk")]
    assert amounts == [("total", "120000万元"), ("loan", "2000万元")]
    assert [(entry.stage, str(entry.happened), entry.evidence) for entry in row.stages.all()] == [
        ("started", "2024年3月", "在建")
    ]


# All or nothing


def test_one_refused_row_keeps_everything_out(sheet):
    path = sheet(["单位名称", "信用代码"], [NAME, None], ["示例乙", "9.1E+17"])
    batch = committed("organisations", path)
    assert batch.state == ImportBatch.State.REFUSED
    assert (Organisation.objects.count(), ImportWrite.objects.count()) == (0, 0)


def test_what_was_changed_since_the_preview_is_refused_and_named(sheet):
    row = factories.organisation(name=NAME)
    batch = received("organisations", sheet(["单位名称", "地区"], ["示例乙", "甲"], [NAME, "乙"]))
    row.address = "别处"
    row.save()
    steps.commit(batch)
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.REFUSED
    assert [(problem["row"], problem["code"]) for problem in batch.notes["problems"]] == [(3, "changed_since")]
    assert list(Organisation.objects.values_list("name", "region")) == [(NAME, "")]


def test_a_second_commit_does_nothing(sheet):
    batch = received("organisations", sheet(["单位名称"], [NAME]))
    assert (steps.commit(batch), steps.commit(batch)) == (True, False)
    assert Organisation.objects.count() == 1


def test_history_says_who_and_why_and_links_are_in_it(sheet):
    user = get_user_model().objects.create_superuser("示例员工")
    row = factories.organisation(name=NAME, state="review")
    industry = factories.industry(name="示例产业")
    batch = committed("organisations", sheet(["单位名称", "产业"], [NAME, "示例产业"]), by=user)
    row.refresh_from_db()
    last = row.history.first()
    assert (row.version, last.version, last.history_type, last.history_user) == (2, 2, "~", user)
    assert last.history_change_reason == f"import {batch.pk}: 名录.xlsx"
    assert [entry.industry for entry in last.industries.all()] == [industry]
    assert [write.batch for write in ImportWrite.objects.of(row)] == [batch]


def test_new_records_wait_for_review_and_are_found_by_search(client, sheet):
    committed("organisations", sheet(["单位名称"], [NAME]))
    row = Organisation.objects.get()
    assert (row.state, row.version) == ("review", 1)
    assert row.__dict__.get("search", row.search) == row.search != ""


# Batches


def test_an_undone_batch_leaves_everything_as_it_was(sheet):
    row = factories.organisation(name=NAME, region="甲", state="review")
    old, new = factories.industry(name="示例旧"), factories.industry(name="示例新")
    row.industries.add(old)
    path = sheet(
        ["单位名称", "简称", "地区", "产业", "来源"],
        [NAME, "示", "乙", "示例新", "示例源"],
        ["示例乙", *"示乙"] + [None] * 2,
    )
    batch = committed("organisations", path, **CREATE_ALL)
    assert batch.state == "committed", batch.notes
    row.refresh_from_db()
    assert (row.region, set(row.industries.all())) == ("乙", {old, new})
    assert steps.undo(batch)
    row.refresh_from_db()
    assert (row.region, set(row.industries.all()), row.version) == ("甲", {old}, 3)
    assert list(Organisation.objects.all()) == [row]
    assert (OrganisationName.objects.count(), Citation.objects.count(), Source.objects.count()) == (0, 0, 0)
    assert row.history.first().history_change_reason.startswith("undo import")
    assert not steps.undo(batch)


def test_a_batch_whose_rows_were_touched_since_is_not_undone(sheet):
    batch = committed("organisations", sheet(["单位名称"], [NAME], ["示例乙"]))
    row = Organisation.objects.get(name="示例乙")
    row.region = "别处"
    row.save()
    factories.membership(organisation=Organisation.objects.get(name=NAME))
    with pytest.raises(Touched) as refused:
        steps.undo(batch)
    assert [line for _sheet, line, _label in refused.value.rows] == [3, 2]
    batch.refresh_from_db()
    assert (batch.state, Organisation.objects.count()) == ("committed", 2)


def test_the_same_file_is_known_again(sheet):
    path = sheet(["单位名称"], [NAME])
    first = committed("organisations", path)
    assert list(steps.known_files("organisations", received("organisations", path).sha256)) == [first]
    assert run("organisations", path)[1]["known_file"] == [first.pk]


def test_a_worker_that_fell_silent_has_interrupted_its_batch(sheet):
    batch = received("organisations", sheet(["单位名称"], [NAME]))
    ImportBatch.objects.filter(pk=batch.pk).update(state="committing")
    Progress(batch).tell(1, 2)
    steps.interrupt_if_lost(batch)
    assert (batch.state, read_progress(batch)) == ("committing", {"done": 1, "found": 2})
    caches["progress"].clear()
    steps.interrupt_if_lost(batch)
    assert batch.state == "interrupted"
    assert steps.preview(batch) and steps.commit(batch)
    assert Organisation.objects.count() == 1


def test_preview_and_commit_run_as_tasks(sheet):
    batch = received("organisations", sheet(["单位名称"], [NAME]))
    preview_import.enqueue(batch.pk)
    commit_import.enqueue(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "committed"


def test_the_preview_tells_old_and_new_in_words(sheet):
    level = factories.level(code="partner", name="发展伙伴")
    factories.organisation(name=NAME, kind="firm", region="甲")
    path = sheet(["单位名称", "性质", "地区", "身份"], [NAME, "高校", "乙", level.name])
    row = received("organisations", path).rows.get()
    assert row.outcome == "changed"
    assert [change for change in row.changes if change[0] in ("类型", "地区")] == [
        ["类型", "企业", "高校"],
        ["地区", "甲", "乙"],
    ]
    assert [change[1:] for change in row.changes if change[0].endswith("伙伴级别")] == [["", "发展伙伴"]]


# The command


def test_the_command_writes_nothing_until_it_is_told_to(sheet):
    path = sheet(["单位名称"], [NAME])
    status, result = run("organisations", path)
    assert (status, result["read"], result["new"], result["problems"]) == (0, 1, 1, [])
    assert (Organisation.objects.count(), ImportBatch.objects.count()) == (0, 0)
    status, result = run("organisations", path, "--commit")
    assert (status, result["state"], Organisation.objects.count()) == (0, "committed", 1)


def test_the_command_names_what_it_refuses_and_marks_it(sheet, tmp_path):
    path, marked = sheet(["单位名称", "信用代码"], [NAME, "9.1E+17"]), tmp_path / "returned.xlsx"
    status, result = run("organisations", path, "--commit", "--returned", marked)
    assert (status, result["refused"], Organisation.objects.count()) == (1, 1, 0)
    [problem] = result["problems"]
    assert {name: problem[name] for name in ("sheet", "row", "column", "heading", "code")} == {
        "sheet": "名录",
        "row": 2,
        "column": "B",
        "heading": "信用代码",
        "code": "damaged",
    }
    assert marked.stat().st_size > 0


def test_the_command_takes_decisions(sheet):
    path = sheet(["单位名称", "产业", "所辖街乡", "杂项"], [NAME, "示例产业", "丰台区", "x"])
    assert run("organisations", path)[0] == 1
    decisions = ("--map", "所辖街乡=地区", "--ignore", "杂项", "--create", "industry=示例产业")
    status, result = run("organisations", path, "--commit", *decisions)
    assert (status, result["new"]) == (0, 1)
    assert Organisation.objects.get().region == "丰台区"


def test_a_file_that_cannot_be_read_ends_the_command_with_two(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK nothing")
    status, result = run("organisations", path, "--commit")
    assert (status, result["read"], len(result["problems"])) == (2, 0, 1)
    assert run("organisations", tmp_path / "none.xlsx")[0] == 2
    assert run("nothing", path)[0] == 2
    assert ImportBatch.objects.count() == 0


def test_a_subject_needs_nothing_of_its_own_to_be_imported(sheet):
    committed(
        "policies", sheet(["政策名称", "类型", "文号", "有效期"], ["示例办法", "管理办法", "示〔2024〕1号", "2024年"])
    )
    row = Policy.objects.get()
    assert (row.kind, row.number, str(row.valid)) == ("rule", "示〔2024〕1号", "2024年")

"""A row at which the platform fails is named and told; the batch stays readable and can be begun again."""

import json
import sys
import tempfile
from io import StringIO
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from fengtai.importing.reading.list_imports import list_import
from fengtai.importing.taking import steps
from fengtai.records.batches import ImportBatch
from indicators.models import Observation
from partners.imports import OrganisationImport
from partners.models import Organisation
from tests import factories
from tests.admin.imports.test_import_pages import of, page, take, upload
from tests.admin.test_admin import staff  # noqa: F401
from tests.importing.import_steps import outcomes, planned, received, saved

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
State = ImportBatch.State
GOOD, BAD, CODE = "示例甲公司", "示例坏公司", "91110000600037341L"


@pytest.fixture
def failing(monkeypatch):
    """`failing(finish=…)` imports organisations by a class with a fault of its own; `failing()` without one."""
    model_admin = admin.site.get_model_admin(Organisation)

    def use(**methods):
        kind = type("Faulty", (OrganisationImport,), methods) if methods else OrganisationImport
        monkeypatch.setattr(model_admin, "list_import", kind)
        list_import.cache_clear()

    yield use
    list_import.cache_clear()


def divide(self, said, reading):
    return 1 / (reading.now("name") != BAD)


def check_all(self, readings):
    return [1 / (reading.now("name") != BAD) for reading in readings]


def key_of_all(self, name, said, reading):
    return OrganisationImport.key(self, name, said, reading) if BAD not in said("name").text() else 1 / 0


@pytest.mark.parametrize("methods", [{"finish": divide}, {"check": check_all}, {"key": key_of_all}])
def test_a_row_at_which_the_plan_fails_is_refused_by_itself(staff, failing, caplog, methods):  # noqa: F811
    failing(**methods)
    batch = upload(staff, ["单位名称"], [GOOD], [BAD], ["示例乙公司"])
    shown = page(staff, batch)
    assert {row.number: (row.outcome, [each["code"] for each in row.problems]) for row in shown.context["rows"]} == {
        2: ("new", []),
        3: ("refused", ["fault"]),
        4: ("new", []),
    }
    (told,) = shown.context["rows"][1].problems
    assert "ZeroDivisionError" in told["message"]
    assert "名录 3" in caplog.text
    take(staff, batch)
    assert not Organisation.objects.exists()
    failing()
    assert "重新预览" in shown.content.decode()
    staff.post(of(batch, "start"))
    take(staff, batch)
    assert Organisation.objects.count() == 3


def same_code(self, said, reading):
    reading.item.values["credit_code"] = {GOOD: CODE, BAD: CODE}.get(reading.now("name"))


def no_column(self, said, reading):
    if reading.now("name") == BAD:
        reading.item.values["version"] = 7  # the writer sets it itself


@pytest.mark.parametrize(
    ("finish", "state", "code"),
    [(same_code, State.REFUSED, "conflict"), (no_column, State.INTERRUPTED, "fault")],
)
def test_a_row_at_which_the_writing_fails_is_named(staff, failing, finish, state, code):  # noqa: F811
    failing(finish=finish)
    batch = upload(staff, ["单位名称"], [GOOD], [BAD], ["示例乙公司"])
    take(staff, batch)
    shown = page(staff, batch)
    problems = [(each["code"], each["sheet"], each["row"]) for each in shown.context["file_problems"]]
    assert (shown.context["state"], problems) == (state, [(code, "名录", 3)])
    assert not Organisation.objects.exists()
    failing()
    staff.post(of(batch, "start"))
    take(staff, batch)
    assert Organisation.objects.count() == 3


def test_a_file_that_fails_at_every_row_is_told_once_and_kept(staff, failing):  # noqa: F811
    failing(finish=lambda self, said, reading: 1 / 0)
    rows = [[f"示例{number}号公司"] for number in range(40)]
    batch = upload(staff, ["单位名称"], *rows)
    shown = page(staff, batch)
    (told,) = shown.context["file_problems"]
    assert (shown.context["state"], told["code"], told["sheet"]) == (State.INTERRUPTED, "fault", "名录")
    assert "平台在处理这份文件时出错" in shown.content.decode()
    failing()
    staff.post(of(batch, "start"))
    assert page(staff, batch).context["takeable"]


def test_a_fault_outside_the_rows_is_told_by_page_and_command(staff, failing, tmp_path):  # noqa: F811
    failing(candidates=lambda self: 1 / 0, keys=(("credit_code",), ("name",)))
    monthly = saved(tmp_path / "名录.xlsx", ("名录", [["单位名称", "信用代码"], [GOOD, CODE]]))
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_workbook", "organisations", str(monthly), "--json", stdout=out)
    assert ended.value.code in (1, 2)
    assert [each["code"] for each in json.loads(out.getvalue())["problems"]] == ["fault"]


def test_a_figure_without_a_period_is_taken(tmp_path):
    indicator, scope = factories.indicator(name="示例指标", unit="亿元"), factories.scope(name="丰台区")
    factories.observation(indicator=indicator, scope=scope, period="", value="10亿元", vintage="final")
    rows = [
        ["指标", "地区", "时间", "数值", "增速", "数据版本"],
        ["示例指标", "丰台区", None, "200亿元", "增长5%", None],
        ["示例指标", "丰台区", "2023年", "100亿元", "增长5%", None],
    ]
    path = saved(tmp_path / "指标.xlsx", ("指标", rows))
    assert outcomes(planned("observations", path)) == ["new", "new"]
    batch = received("observations", path)
    steps.commit(batch)
    assert (batch.state, Observation.objects.count()) == (State.COMMITTED, 3)


# Two sheets have rows of the same number


def test_rows_of_two_sheets_lead_to_their_own_records_and_are_undone_by_name(staff):  # noqa: F811
    data = saved_bytes(("甲表", [["单位名称"], [GOOD]]), ("乙表", [["单位名称"], ["示例乙公司"]]))
    batch = upload(staff, data=data)
    take(staff, batch)
    keys = dict(Organisation.objects.values_list("name", "pk"))
    made = {name: reverse("admin:partners_organisation_change", args=[key]) for name, key in keys.items()}
    led = {row.label: row.address for row in page(staff, batch).context["rows"]}
    assert led == made
    change = staff.get(made["示例乙公司"]).content.decode()
    assert "乙表 第 2 行" in " ".join(change.split())
    row = Organisation.objects.get(name="示例乙公司")
    row.region = "丰台区"
    row.save()
    refused = staff.post(of(batch, "undo"))
    assert refused.context["touched"] == [("乙表", 2, "示例乙公司")]
    assert "乙表 第 2 行" in " ".join(refused.content.decode().split())


def test_two_sheets_of_sources_with_one_number_name_each_other_s_sheet(staff):  # noqa: F811
    one = ("来源一", [["来源编号", "标题", "来源类型"], ["W01", "示例报道", "新闻"]])
    two = ("来源二", [["来源编号", "标题", "来源类型"], ["W01", "示例公报", "统计公报"]])
    batch = upload(staff, data=saved_bytes(("名录", [["单位名称", "来源编号"], [GOOD, "W01"]]), one, two))
    told = [row.problems[0]["message"] for row in batch.rows.filter(part="sources")]
    assert ["2（来源二）" in told[0], "2（来源一）" in told[1]] == [True, True]


def saved_bytes(*sheets) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return saved(Path(folder) / "名录.xlsx", *sheets).read_bytes()


# Characters that no reader sees


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("\u200b", "required"),
        ("示例\u200b公司", "hidden_character"),
        ("示例\u034f公司", "hidden_character"),
        ("示例\ufe0f公司", "hidden_character"),
        ("示例\ue000公司", "hidden_character"),
        ("示例\u202e公司", "hidden_character"),
        ("示例\u2066公司", "hidden_character"),
        ("\ufeff示例公司", "hidden_character"),
        ("示例\x1b公司", "control_character"),
    ],
)
def test_a_name_with_what_no_reader_sees_is_refused_at_its_cell(tmp_path, name, code):
    path = tmp_path / "名录.csv"
    path.write_text(f"单位名称,地区\n示例丙公司,\n{name},丰台区\n", encoding="utf-8")
    (problem,) = planned("organisations", path).all_problems()
    assert (problem.code, problem.row, problem.column, problem.heading) == (code, 3, "A", "单位名称")


def test_blanks_of_any_width_in_a_name_become_plain_ones(tmp_path):
    path = tmp_path / "名录.csv"
    path.write_text("单位名称,简称\n示例\u3000丙\xa0\u2003公司,示例\u3000丙\n", encoding="utf-8")
    (row,) = planned("organisations", path).rows
    assert [item.values["name"] for item in row.items() if "name" in item.values] == ["示例 丙 公司", "示例 丙"]


def test_a_row_that_shows_nothing_is_blank(tmp_path):
    path = tmp_path / "名录.csv"
    path.write_text("单位名称,地区\n示例丙公司,丰台区\n\u200b,\u2060\n", encoding="utf-8")
    found = planned("organisations", path)
    assert (outcomes(found), found.all_problems()) == (["new"], [])


def test_a_missing_name_with_what_no_reader_sees_is_not_offered_to_be_created(tmp_path):
    path = tmp_path / "名录.csv"
    path.write_text("单位名称,产业\n示例丙公司,示例\u200b产业\n", encoding="utf-8")
    found = planned("organisations", path, references={"*": {"*": "create"}})
    assert [(each.code, each.row, each.column) for each in found.all_problems()] == [("hidden_character", 2, "B")]
    assert (found.missing, found.created) == ([], [])


def losing(at: int, asked: list):
    """One statement finds the database gone; whoever asks again finds it back. `asked` keeps all of them."""

    def execute(run, sql, *rest):
        asked.append(sql)
        if len(asked) == at + 1 and not sql.startswith(("ROLLBACK", "RELEASE")):
            raise OperationalError("terminating connection due to administrator command")
        return run(sql, *rest)

    return connection.execute_wrapper(execute)


@pytest.mark.parametrize("step", [steps.preview, steps.commit])
def test_a_database_that_is_lost_is_no_fault_of_the_file(tmp_path, step):
    rows = [["单位名称", "简称"], *([f"示例{number}号单位", f"示例{number}"] for number in range(5))]
    asked, batch = [], received("organisations", saved(tmp_path / "a.xlsx", ("名录", rows)))
    with pytest.raises(ZeroDivisionError), transaction.atomic(), losing(sys.maxsize, asked):
        assert step(batch) and 1 / 0  # only to learn how many statements it takes
    assert len(asked) > 20
    for at in [at for at, sql in enumerate(asked) if at and not sql.startswith(("ROLLBACK", "RELEASE"))]:
        batch.refresh_from_db()
        with pytest.raises(OperationalError), transaction.atomic(), losing(at, []):
            step(batch)

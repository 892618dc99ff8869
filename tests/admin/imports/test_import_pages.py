"""The pages of an import: who sees them, that nothing is written before it is confirmed, and what each of them says."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from fengtai.importing.taking.progress import Progress
from fengtai.lists.site import page_of, site_lists
from fengtai.records.batches import ImportBatch, ImportRow
from fengtai.records.models import Record, Source
from partners.models import Industry, Organisation
from tests import factories
from tests.admin.test_admin import staff  # noqa: F401
from tests.admin.test_admin_look import Inline
from tests.importing.import_steps import planned
from tests.test_languages import CHINESE, LATIN_WORD, Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
State = ImportBatch.State
NAME = "示例科技有限公司"
READ_ONLY = ("batch", "progress", "original", "returned", "undo")
DATA = ["示例名录.xlsx", "名录", "示例员工", "示例产业", "示例列", "示例甲公司", "示例乙公司", NAME]
DATA += ["示例同仁科技有限公司", "示例同仁科技", "单位名称", "产业领域"]
DATA += [".xlsx", ".csv", "UTF-8", "GB18030", "MB", "SHA-256"]  # both languages write them so
POSTED = ("start", "check", "take", "submit", "undo")


def content(*rows, title="名录", more=()) -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, lines in more:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(file)
    return file.getvalue()


def upload(client, *rows, name="organisations", file="示例名录.xlsx", data=None, **more):
    """Brings a file as a browser without scripts does; returns its batch."""
    sent = SimpleUploadedFile(file, data if data is not None else content(*rows, **more.pop("sheets", {})))
    response = client.post(reverse("admin:import_upload", args=[name]), {"file": sent, **more})
    assert response.status_code == 302, response.content.decode()
    batch = ImportBatch.objects.latest("pk")
    assert response["Location"] == of(batch)
    return batch


def of(batch, step="batch") -> str:
    return reverse(f"admin:import_{step}", args=[batch.uuid])


def page(client, batch, query=""):
    response = client.get(of(batch) + query)
    assert response.status_code == 200
    return response


def take(client, batch):
    """Presses the button of the preview as it stands."""
    return client.post(of(batch, "take"), {"seen": page(client, batch).context.get("seen", "")})


def decided(client, batch, **answers):
    """Sends the form of decisions back with some of its fields filled in."""
    form = page(client, batch).context["form"]
    unknown = answers.keys() - form.fields.keys()
    assert not unknown, sorted(form.fields)
    return client.post(of(batch, "check"), answers)


def user_with(*codes) -> Client:
    user = get_user_model().objects.create_user("示例同事", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user)
    return client


# The way through


def test_an_upload_shows_what_would_become_of_every_row_and_writes_nothing(staff):  # noqa: F811
    factories.organisation(name=NAME, region="丰台区")
    rows = [["单位名称", "地区"], [NAME, "海淀区"], ["示例新单位", "丰台区"], ["合计", None]]
    batch = upload(staff, *rows)
    shown = page(staff, batch)
    assert {each["name"]: each["count"] for each in shown.context["filters"]} == {
        "": 2, "new": 1, "changed": 1, "same": 0, "refused": 0
    }  # fmt: skip
    assert [row.changes for row in page(staff, batch, "?show=changed").context["rows"]] == [
        [["地区", "丰台区", "海淀区"]]
    ]
    assert [(kind["label"], kind["count"]) for kind in shown.context["skipped"]] == [("表头行", 1), ("合计行", 1)]
    assert "整份导入" in shown.content.decode()
    assert shown.context["will"] == ["新建 1 条记录", "修改 1 条记录"]
    assert Organisation.objects.get().region == "丰台区"


def test_confirmed_it_is_taken_once_and_every_record_says_by_which_import(staff):  # noqa: F811
    batch = upload(staff, ["单位名称", "地区"], [NAME, "丰台区"])
    for _press in range(2):
        assert take(staff, batch).status_code == 302
    row = Organisation.objects.get()
    assert (row.region, row.state, row.history.count()) == ("丰台区", Record.State.REVIEW, 1)
    record = reverse("admin:partners_organisation_change", args=[row.pk])
    assert f'href="{of(batch)}"' in staff.get(record).content.decode()
    shown = page(staff, batch)
    assert [each.address for each in shown.context["rows"]] == [record]
    assert "整份导入</button>" not in shown.content.decode()
    history = staff.get(reverse("admin:partners_organisation_history", args=[row.pk])).content.decode()
    assert "示例名录.xlsx" in history
    assert staff.get(reverse("admin:fengtai_importbatch_change", args=[batch.pk])).url == of(batch)


def test_a_refused_row_keeps_the_button_away_and_the_order_too(staff):  # noqa: F811
    batch = upload(staff, ["单位名称", "统一社会信用代码"], [NAME, "9.1E+17"], ["示例乙公司", None])
    shown = page(staff, batch, "?show=refused")
    assert [row.number for row in shown.context["rows"]] == [2]
    assert not shown.context["takeable"]
    assert "B 列" in " ".join(shown.content.decode().split())
    take(staff, batch)
    assert (Organisation.objects.count(), page(staff, batch).context["state"]) == (0, State.PREVIEWED)


def test_it_goes_back_marked_whole_or_only_its_faulty_rows(staff):  # noqa: F811
    batch = upload(staff, ["单位名称", "统一社会信用代码"], ["示例乙公司", None], [NAME, "9.1E+17"])
    whole = staff.get(of(batch, "returned"))
    assert "attachment" in whole["Content-Disposition"]
    assert translation.gettext("%(name)s_to_correct.xlsx") % {"name": "示例名录"} == "示例名录_退回修改.xlsx"
    sheet = load_workbook(io.BytesIO(whole.content)).active
    assert (sheet["B2"].fill.fill_type, sheet["B3"].fill.fill_type) == (None, "solid")
    assert sheet["B3"].comment is not None
    faulty = load_workbook(io.BytesIO(staff.get(of(batch, "returned") + "?rows=faulty").content)).active
    assert [row[0].value for row in faulty.iter_rows(min_row=2)] == [NAME]


def test_what_changed_since_the_preview_is_named_and_a_new_preview_offered(staff):  # noqa: F811
    row = factories.organisation(name=NAME, region="丰台区", state="review")
    batch = upload(staff, ["单位名称", "地区"], [NAME, "海淀区"])
    row.region = "通州区"
    row.save()
    take(staff, batch)
    shown = page(staff, batch)
    assert shown.context["state"] == State.REFUSED
    assert [(problem["sheet"], problem["row"]) for problem in shown.context["file_problems"]] == [("名录", 2)]
    assert "重新预览" in shown.content.decode()
    staff.post(of(batch, "start"))
    take(staff, batch)
    row.refresh_from_db()
    assert row.region == "海淀区"


def test_an_import_is_undone_after_a_question(staff):  # noqa: F811
    batch = upload(staff, ["单位名称"], [NAME])
    assert staff.get(of(batch, "undo")).url == of(batch)  # nothing to undo yet
    take(staff, batch)
    asked = staff.get(of(batch, "undo"))
    assert (asked.context["created"], asked.context["changed"]) == (1, 0)
    assert Organisation.objects.count() == 1
    staff.post(of(batch, "undo"))
    assert (Organisation.objects.count(), page(staff, batch).context["state"]) == (0, State.UNDONE)


def test_an_undo_that_would_lose_somebody_s_work_names_it(staff):  # noqa: F811
    batch = upload(staff, ["单位名称"], [NAME], ["示例乙公司"])
    take(staff, batch)
    row = Organisation.objects.get(name="示例乙公司")
    row.region = "丰台区"
    row.save()
    refused = staff.post(of(batch, "undo"))
    assert refused.status_code == 409
    assert refused.context["touched"] == [("名录", 3, "示例乙公司")]
    assert Organisation.objects.count() == 2


def test_the_same_file_is_recognised(staff):  # noqa: F811
    data = content(["单位名称"], [NAME])
    first = upload(staff, data=data)
    take(staff, first)
    second = upload(staff, data=data, file="改了名字.xlsx")
    assert list(page(staff, second).context["known"]) == [first]
    assert "与已有记录完全一致" in page(staff, second).content.decode()


# Decisions


def test_an_unknown_column_is_asked_about_and_mapped_or_left_out(staff):  # noqa: F811
    batch = upload(staff, ["单位名称", "坐落何处", "评分"], [NAME, "丰台区", 3])
    form = page(staff, batch).context["form"]
    assert [column["heading"] for column in form.unknown] == ["坐落何处", "评分"]
    assert decided(staff, batch, **{"column:坐落何处": "region", "column:评分": "-"}).status_code == 302
    take(staff, batch)
    assert Organisation.objects.get().region == "丰台区"
    assert decided_nothing_more(staff, batch)


def decided_nothing_more(client, batch) -> bool:
    """A file that was taken takes no decision."""
    return client.post(of(batch, "check"), {}).status_code == 302 and batch_state(batch) == State.COMMITTED


def batch_state(batch) -> str:
    batch.refresh_from_db()
    return batch.state


def test_an_answer_that_is_not_offered_is_refused(staff):  # noqa: F811
    batch = upload(staff, ["单位名称", "评分"], [NAME, 3])
    refused = staff.post(of(batch, "check"), {"column:评分": "password"})
    assert refused.status_code == 400
    assert "column:评分" in refused.context["form"].errors
    assert batch_state(batch) == State.PREVIEWED


def test_a_missing_name_is_listed_once_and_created_replaced_or_left_out(staff):  # noqa: F811
    known = factories.industry(name="示例已有产业")
    rows = [["甲", "示例产业一"], ["乙", "示例产业一"], ["丙", "示例产业二"], ["丁", "示例产业三"]]
    batch = upload(staff, ["单位名称", "产业领域"], *([f"示例{name}公司", industry] for name, industry in rows))
    (kind,) = page(staff, batch).context["form"].kinds
    assert [(one["text"], one["rows"]) for one in kind["first"]] == [
        ("示例产业一", 2),
        ("示例产业二", 1),
        ("示例产业三", 1),
    ]
    answers = {"示例产业一": "create", "示例产业二": str(known.pk), "示例产业三": "leave"}
    decided(staff, batch, **{f"missing:industry:{name}": said for name, said in answers.items()})
    assert page(staff, batch).context["form"]["missing:industry:示例产业一"].initial == "create"
    take(staff, batch)
    found = {row.name: [each.name for each in row.industries.all()] for row in Organisation.objects.all()}
    assert found == {
        "示例甲公司": ["示例产业一"],
        "示例乙公司": ["示例产业一"],
        "示例丙公司": ["示例已有产业"],
        "示例丁公司": [],
    }


def test_all_missing_names_of_a_kind_are_created_at_once(staff):  # noqa: F811
    batch = upload(staff, ["单位名称", "产业领域"], ["示例甲公司", "示例产业一"], ["示例乙公司", "示例产业二"])
    decided(staff, batch, **{"missing:industry:*": "create"})
    take(staff, batch)
    assert Industry.objects.count() == 2


def test_of_a_long_list_an_existing_record_is_named(staff):  # noqa: F811
    for number in range(101):
        factories.industry(name=f"示例产业{number}号")
    batch = upload(staff, ["单位名称", "产业领域"], [NAME, "从未听说的行当"])
    wrong = decided(staff, batch, **{"named:industry:从未听说的行当": "也没有听说过"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (400, ["named:industry:从未听说的行当"])
    decided(staff, batch, **{"named:industry:从未听说的行当": "示例产业7号"})
    take(staff, batch)
    assert Organisation.objects.get().industries.get().name == "示例产业7号"


@pytest.mark.parametrize(("says", "count"), [("same", 1), ("new", 2)])
def test_a_near_match_is_the_same_or_a_new_one_when_somebody_says_so(staff, says, count):  # noqa: F811
    row = factories.organisation(name="示例同仁科技有限公司", state="review")
    batch = upload(staff, ["单位名称", "地区"], ["示例同仁科技", "丰台区"])
    ((near,),) = [section.questions for section in page(staff, batch).context["form"].asked.sections]
    assert (near["key"], near["choices"][0][0]) == ("示例同仁科技", str(row.pk))
    decided(staff, batch, **{"question:same:示例同仁科技": str(row.pk) if says == "same" else "new"})
    take(staff, batch)
    row.refresh_from_db()
    assert Organisation.objects.count() == count
    assert row.region == ("丰台区" if says == "same" else "")


def test_the_sheet_to_be_read_is_named_before_or_chosen_after(staff):  # noqa: F811
    more = [("二", [["单位名称"], ["示例乙公司"]])]
    data = content(["单位名称"], [NAME], title="一", more=more)
    batch = upload(staff, data=data, sheet="二")
    assert [row.label for row in page(staff, batch).context["rows"]] == ["示例乙公司"]
    form = page(staff, batch).context["form"]
    assert form.sheets.initial == ("二",)
    staff.post(of(batch, "check"), {"sheets": ["一"]})
    assert [row.label for row in page(staff, batch).context["rows"]] == [NAME]


def test_only_who_may_create_is_offered_to_create(client):
    colleague = user_with("add_organisation", "change_organisation")
    batch = upload(colleague, ["单位名称", "产业领域"], [NAME, "示例产业"])
    refused = colleague.post(of(batch, "check"), {"missing:industry:示例产业": "create"})
    assert refused.status_code == 400
    assert colleague.post(of(batch, "check"), {"missing:industry:示例产业": "leave"}).status_code == 302


def test_sources_of_a_file_are_added_by_those_who_may(staff):  # noqa: F811
    rows = [["单位名称", "来源编号"], [NAME, "W01"]]
    sources = [["来源编号", "标题", "来源类型"], ["W01", "示例报道", "新闻"]]
    data = content(*rows, more=[("来源", sources)])
    colleague = user_with("add_organisation", "change_organisation")
    batch = upload(colleague, data=data)
    assert take(colleague, batch).status_code == 403
    assert "没有新增来源的权限" in page(colleague, batch).content.decode()
    take(staff, batch)
    assert Source.objects.get().title == "示例报道"


# Files that cannot be read, long files, lost workers


def test_an_unreadable_file_says_why(staff):  # noqa: F811
    batch = upload(staff, data=b"PK\x03\x04" + b"x" * 100)
    shown = page(staff, batch)
    assert shown.context["state"] == State.UNREADABLE
    assert len(shown.context["file_problems"]) == 1
    assert "换一个文件" in shown.content.decode()
    assert staff.get(of(batch, "returned")).status_code == 422


def test_a_file_that_is_too_large_or_missing_is_not_kept(staff, settings):  # noqa: F811
    settings.IMPORT_MAX_BYTES = 1000
    address = reverse("admin:import_upload", args=["organisations"])
    for data in ({}, {"file": SimpleUploadedFile("大.xlsx", b"x" * 1001)}):
        refused = staff.post(address, data)
        assert (refused.status_code, list(refused.context["form"].errors)) == (400, ["file"])
    assert not ImportBatch.objects.exists()


def test_a_name_too_long_for_a_disk_is_taken(staff):  # noqa: F811
    batch = upload(staff, ["单位名称"], [NAME], file="示" * 150 + ".xlsx")
    assert batch.file_name == "示" * 150 + ".xlsx"
    assert page(staff, batch).context["state"] == State.PREVIEWED


def test_with_a_script_the_file_is_kept_first_and_read_when_the_page_is_there(staff):  # noqa: F811
    batch = upload(staff, ["单位名称"], [NAME], scripted="1")
    assert page(staff, batch).context["state"] == State.RECEIVED
    assert "data-at-once" in page(staff, batch).content.decode()
    staff.post(of(batch, "start"))
    assert page(staff, batch).context["state"] == State.PREVIEWED


def test_progress_tells_rows_done_of_rows_found(staff):  # noqa: F811
    batch = upload(staff, ["单位名称"], [NAME])
    assert staff.get(of(batch, "progress")).json()["running"] is False
    batch.moves(State.PREVIEWED, to=State.COMMITTING)
    Progress(batch).tell(1000, 5000)
    told = staff.get(of(batch, "progress")).json()
    assert (told["running"], told["done"], told["found"]) == (True, 1000, 5000)
    assert "1000" in told["text"]
    shown = page(staff, batch).content.decode()
    assert '<progress aria-labelledby="progress-text" value="1000" max="5000">' in " ".join(shown.split())
    assert "<noscript>" in shown


def test_a_lost_worker_has_written_nothing_and_the_page_offers_to_start_again(staff):  # noqa: F811
    batch = upload(staff, ["单位名称"], [NAME])
    batch.moves(State.PREVIEWED, to=State.COMMITTING)
    caches["progress"].clear()
    shown = page(staff, batch)
    assert shown.context["state"] == State.INTERRUPTED
    assert "没有写入任何内容" in shown.content.decode()
    assert batch_state(batch) == State.COMMITTING  # looking changes nothing
    staff.post(of(batch, "start"))
    take(staff, batch)
    assert Organisation.objects.count() == 1


def test_a_step_that_fails_unforeseen_is_not_waited_for(staff, tmp_path):  # noqa: F811
    batch = upload(staff, ["单位名称"], [NAME])
    kept = next((tmp_path / "imports").rglob("*.xlsx"))
    kept.rename(tmp_path / "elsewhere")
    staff.post(of(batch, "start"))
    assert page(staff, batch).context["state"] == State.INTERRUPTED
    (tmp_path / "elsewhere").rename(kept)
    staff.post(of(batch, "start"))
    assert page(staff, batch).context["takeable"]


def test_what_is_taken_is_what_was_seen(staff):  # noqa: F811
    batch = upload(staff, ["单位名称", "评分"], [NAME, "丰台区"])
    decided(staff, batch, **{"column:评分": "-"})
    seen = page(staff, batch).context["seen"]
    decided(staff, batch, **{"column:评分": "region"})
    shown = staff.post(of(batch, "take"), {"seen": seen}, follow=True)
    assert "重新生成" in shown.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.django_db(transaction=True)  # a worker closes its connection
def test_with_a_worker_the_page_waits_for_its_turn(staff, settings):  # noqa: F811
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    batch = upload(staff, ["单位名称"], [NAME])
    assert staff.get(of(batch, "progress")).json()["running"]
    call_command("db_worker", batch=True, verbosity=0, interval=0)
    assert page(staff, batch).context["takeable"]
    take(staff, batch)
    shown = page(staff, batch)
    assert (shown.context["standing"].waiting, shown.context["has_preview"]) == (True, False)
    call_command("db_worker", batch=True, verbosity=0, interval=0)
    assert page(staff, batch).context["state"] == State.COMMITTED


def test_rows_are_paged_by_fifty(staff):  # noqa: F811
    batch = upload(staff, ["单位名称"], *([f"示例{number}号公司"] for number in range(120)))
    shown = page(staff, batch, "?show=new&page=3")
    assert [row.number for row in shown.context["rows"]] == list(range(102, 122))


# Who


def addresses(batch) -> list[str]:
    pages = [of(batch, step) for step in (*READ_ONLY, "returned")]
    return [
        *pages,
        reverse("admin:import_upload", args=["organisations"]),
        reverse("admin:import_template", args=["organisations"]),
    ]


def test_nobody_but_staff_who_may_add_and_change_comes_in(staff):  # noqa: F811
    batch = upload(staff, ["单位名称", "统一社会信用代码"], [NAME, "9.1E+17"])
    viewer = user_with("view_organisation", "change_organisation", "add_place", "change_place")
    for address in addresses(batch):
        login = Client().get(address)
        assert (login.status_code, reverse("admin:login") in login["Location"]) == (302, True), address
        assert viewer.get(address).status_code == 403, address
    for address in (*(of(batch, step) for step in POSTED), reverse("admin:import_upload", args=["organisations"])):
        asked = Client().post(address)  # to sign in, and to go on from there
        assert (asked.status_code, "sign_in-username" in asked.text) == (403, True), address
        assert viewer.post(address).status_code == 403, address
    listed = reverse("admin:fengtai_importbatch_changelist")
    assert list(viewer.get(listed).context["cl"].result_list) == []
    assert list(staff.get(listed).context["cl"].result_list) == [batch]
    nobody = Client()
    nobody.force_login(get_user_model().objects.create_user("示例无权", is_staff=True))
    assert nobody.get(listed).status_code == 403
    unknown = reverse("admin:import_upload", args=["nowhere"])
    assert staff.get(unknown).status_code == 404


def test_looking_writes_nothing_and_an_order_needs_its_token(staff):  # noqa: F811
    batch = upload(staff, ["单位名称"], [NAME])
    before = everything()
    for address in addresses(batch):
        staff.get(address)
    for step in ("start", "check", "take"):
        assert staff.get(of(batch, step)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(get_user_model().objects.get())
    for step in POSTED:
        assert strict.post(of(batch, step)).status_code == 403
    assert everything() == before


def everything() -> list:
    models = (ImportBatch, ImportRow, Organisation)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_the_button_stands_on_the_lists_that_can_be_imported(staff):  # noqa: F811
    for each in site_lists():
        opts = each.table.model()._meta
        shown = staff.get(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))
        assert shown.context["import_list"].table.model() is each.table.model()
        assert reverse("admin:import_upload", args=[shown.context["import_list"].name]) in shown.content.decode()
    viewer = user_with("view_organisation")
    shown = viewer.get(reverse("admin:partners_organisation_changelist"))
    assert shown.context["import_list"] is None
    assert "importbatch" not in shown.content.decode()


def test_the_file_is_given_back_as_it_came(staff):  # noqa: F811
    data = content(["单位名称"], [NAME])
    response = staff.get(of(upload(staff, data=data), "original"))
    assert b"".join(response.streaming_content) == data
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"


def test_a_file_that_is_not_on_the_disk_any_more_is_said_to_be_gone(staff, tmp_path):  # noqa: F811
    batch = upload(staff, ["单位名称"], [NAME])
    next((tmp_path / "imports").rglob("*.xlsx")).unlink()
    for step in ("original", "returned"):
        gone = staff.get(of(batch, step))
        assert (gone.status_code, gone.content.decode()) == (410, "这次导入的文件已不在磁盘上。")


@pytest.mark.parametrize("name", [each.name for each in site_lists()])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_template_comes_back_without_a_question(staff, tmp_path, name, language):  # noqa: F811
    with translation.override(language):
        response = staff.get(reverse("admin:import_template", args=[name]))
        file_name = translation.gettext("%(title)s_template.xlsx") % {"title": page_of(name).title}
    assert "attachment" in response["Content-Disposition"]
    path = tmp_path / file_name
    path.write_bytes(response.content)
    found = planned(name, path)
    assert [(problem.code, problem.heading) for problem in found.all_problems()] == []
    assert found.counts()["read"] == 0


def test_imports_are_listed_and_only_looked_at(staff):  # noqa: F811
    batch = upload(staff, ["单位名称"], [NAME])
    upload(staff, ["名称"], ["示例园区"], name="places")
    listed = reverse("admin:fengtai_importbatch_changelist")
    assert list(staff.get(listed, {"list": "organisations"}).context["cl"].result_list) == [batch]
    assert list(staff.get(listed, {"q": batch.sha256}).context["cl"].result_list) == [batch]
    shown = staff.get(listed).content.decode()
    assert of(batch) in shown
    assert "新增 1" in shown
    assert staff.get(listed + "add/").status_code == 404


# Words and looks


def every_page(client):
    """The pages of an import in all their states."""
    factories.organisation(name="示例同仁科技有限公司")
    rows = [["单位名称", "产业领域", "示例列"], ["示例同仁科技", "示例产业", 1], [NAME, "示例产业", None]]
    asked = upload(client, *rows)
    unreadable = upload(client, data=b"PK\x03\x04")
    waiting = upload(client, *rows, scripted="1")
    data = content(["单位名称"], ["示例甲公司"], ["示例乙公司"])
    taken = upload(client, data=data)
    take(client, taken)
    known = upload(client, data=data)
    lost = upload(client, *rows)
    ImportBatch.objects.filter(pk=lost.pk).update(state=State.READING)
    batches = [asked, unreadable, waiting, taken, known, lost]
    record = Organisation.objects.get(name="示例甲公司")
    yield from [of(batch) for batch in batches]
    yield from [of(taken, "undo"), reverse("admin:import_upload", args=["organisations"])]
    yield reverse("admin:fengtai_importbatch_changelist")
    yield reverse("admin:partners_organisation_change", args=[record.pk])


def test_every_page_keeps_within_the_content_policy(staff):  # noqa: F811
    for address in every_page(staff):
        response = staff.get(address)
        assert response.status_code == 200
        assert Inline(response.content.decode()).found == [], address


@pytest.mark.parametrize(("language", "other"), [("zh-hans", LATIN_WORD), ("en", CHINESE)])
def test_every_page_speaks_one_language(staff, language, other):  # noqa: F811
    with translation.override(language):
        for address in list(every_page(staff))[:-2]:  # the admin's own pages have their own words
            reader = Reader(language)
            shown = staff.get(address).content.decode()
            reader.feed("<div>" + shown[shown.index('<div id="content-main"') : shown.index("<!-- END Content -->")])
            told = "\n".join(reader.told)
            for known in DATA:
                told = told.replace(known, "")
            told = re.sub(r" · \S+", "", told)  # columns that no download has are called as clerks call them
            told = " ".join(word for word in told.split() if not word.isalnum() or len(word) < 40)
            assert other.findall(told) == [], address

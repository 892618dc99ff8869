"""What was decided last time is listed for the next file with the same headings, and never applied unseen."""

import re

import pytest
from django.urls import reverse

from fengtai.importing.reading.answers import Answers
from fengtai.importing.taking.steps import preview
from fengtai.records.memories import ImportMemory
from fengtai.records.trail.entries import TrailEntry
from partners.models import Organisation
from tests.admin.imports.test_import_pages import decided, of, page, take, upload, user_with
from tests.admin.test_admin import staff  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
HEADINGS = ["单位名称", "产业领域", "租金"]


@pytest.fixture
def remembered(staff):  # noqa: F811
    batch = upload(staff, HEADINGS, ["示例甲公司", "示例产业", 83])
    decided(staff, batch, **{"column:租金": "+", "missing:industry:示例产业": "create"})
    take(staff, batch)
    return ImportMemory.objects.get(batch=batch)


def test_what_fits_is_offered_and_nothing_is_applied(staff, remembered):  # noqa: F811
    batch = upload(staff, HEADINGS, ["示例乙公司", "示例另一产业", 90])
    assert batch.answers == Answers().as_json()
    shown = page(staff, batch)
    assert [about for _kind, about, _answer in shown.context["last_time"]] == ["租金"]
    mark = f"{remembered.pk} {remembered.kept_at.isoformat()}"
    assert staff.post(of(batch, "recall"), {"memory": "1 old"}).status_code == 302
    batch.refresh_from_db()
    assert batch.answers == Answers().as_json()
    staff.post(of(batch, "recall"), {"memory": mark})
    batch.refresh_from_db()
    assert (batch.answers["columns"], batch.answers["references"]) == ({"租金": "+"}, {})
    assert "last_time" not in page(staff, batch).context
    decided(staff, batch, **{"column:租金": "+", "missing:industry:示例另一产业": "create"})
    take(staff, batch)
    assert Organisation.objects.get(name="示例乙公司").remark == "租金：90"


def test_other_headings_are_another_sender(staff, remembered):  # noqa: F811
    batch = upload(staff, [*HEADINGS, "地区"], ["示例乙公司", "示例另一产业", 90, "丰台区"])
    assert "last_time" not in page(staff, batch).context


def test_it_is_seen_and_forgotten_by_who_may_import(staff, remembered):  # noqa: F811
    address = reverse("admin:import_forget", args=[remembered.pk])
    assert user_with("view_organisation").post(address).status_code == 403
    upload_page = reverse("admin:import_upload", args=["organisations"])
    assert address in staff.get(upload_page).content.decode()
    staff.post(address)
    assert not ImportMemory.objects.exists() and address not in staff.get(upload_page).content.decode()
    entry = TrailEntry.objects.filter(content_type__model="importmemory").get()
    assert (entry.act, "租金" in entry.record_label) == ("deleted", True)


def test_numbers_to_call_are_not_remembered_and_not_read_out(staff):  # noqa: F811
    rows = [["名称", "类型", "时间"], ["示例甲楼", "楼宇", "13812345678 开"], ["示例乙园", "楼宇", "开张"]]
    batch = upload(staff, *rows, name="places")
    shown = page(staff, batch)
    read_out = re.sub(r'="[^"]*"', "", shown.content.decode())  # a field is called after the cell that it is about
    assert "138****5678 开" in read_out and "13812345678 开" not in read_out
    words = [name for name in shown.context["form"].fields if name.startswith("question:word:")]
    decided(staff, batch, **dict.fromkeys(words, "keep"))
    take(staff, batch)
    assert ImportMemory.objects.get().answers["decided"]["word"] == {"时间:开张": "keep"}


def test_an_answer_in_words_of_one_s_own_stays_when_the_form_is_sent_again(staff):  # noqa: F811
    batch = upload(staff, ["名称", "类型", "时间"], ["示例甲楼", "楼宇", "某日"], name="places")
    batch.refresh_from_db()
    batch.answers = Answers(decided={"word": {"时间:某日": "2020年"}}).as_json()
    batch.save()
    preview(batch)
    form = page(staff, batch).context["form"]
    answers = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    decided(staff, batch, **{name: answer for name, answer in answers.items() if answer})
    batch.refresh_from_db()
    assert batch.answers["decided"]["word"] == {"时间:某日": "2020年"}

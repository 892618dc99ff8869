"""A form brings its file once, however often it is sent; another file, or another form, is another import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fengtai.records.batches import ImportBatch
from tests.admin.test_admin import staff  # noqa: F401
from tests.hostile.forms import forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
PATH = "admin:import_upload"


def opened(staff) -> str:  # noqa: F811
    path = reverse(PATH, args=["organisations"])
    form = next(one for one in forms_of(staff.get(path).content.decode(), path) if one.files)
    return dict(form.fields)["once"]


def sent(staff, once: str, content: str = "单位名称\n示例单位\n", **more):  # noqa: F811
    file = SimpleUploadedFile("示例.csv", content.encode())
    return staff.post(reverse(PATH, args=["organisations"]), {"file": file, "once": once, **more})["Location"]


def test_a_form_sent_twice_brings_one_file(staff, settings):  # noqa: F811
    once = opened(staff)
    first, second = sent(staff, once), sent(staff, once)
    assert first == second
    assert ImportBatch.objects.count() == 1


def test_another_file_sheet_or_form_is_another_import(staff):  # noqa: F811
    once = opened(staff)
    places = {
        sent(staff, once),
        sent(staff, once, "单位名称\n示例二\n"),
        sent(staff, once, sheet="表"),
        sent(staff, opened(staff)),
    }
    assert len(places) == ImportBatch.objects.count() == 4


@pytest.mark.parametrize("once", ["", "示例", "\x00", "1" * 5000])
def test_without_a_true_token_each_sending_is_another(staff, once):  # noqa: F811
    assert len({sent(staff, once), sent(staff, once)}) == 2


def test_what_it_brought_is_gone(staff):  # noqa: F811
    once = opened(staff)
    sent(staff, once)
    ImportBatch.objects.all().delete()
    assert sent(staff, once) and ImportBatch.objects.count() == 1

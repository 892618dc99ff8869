"""The report's records in the admin: a form that is opened and saved as it was shows and loses nothing."""

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core import serializers

from fengtai.records.models import Citation, Record
from fengtai.records.proving import provable_fields
from tests import factories
from tests.admin.admin_pages import MODELS, address, form_data, formset_of
from tests.admin.asking import ask

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


@pytest.fixture
def owner():
    return User.objects.create_superuser("示例管理员")


def dump() -> str:
    rows = [row for model in (*MODELS, Citation) for row in model._base_manager.order_by("pk")]
    return serializers.serialize("json", rows, indent=1)


def test_saving_every_record_of_the_report_unchanged_changes_nothing(report, owner):
    before, refused = dump(), []
    for model in MODELS:
        for key in model._base_manager.values_list("pk", flat=True):
            path = address(model, "change", key)
            answer = ask(owner, "POST", path, form_data(ask(owner, "GET", path)))
            refused += [path] if answer.status != 302 or answer.written else []
    assert refused == []
    assert dump() == before


def test_what_the_report_proves_is_named_in_words(report):
    """Names of columns that a form does not have are offered by their headings, not by a name of the code."""
    for kind, field in Citation.objects.exclude(field="").values_list("content_type", "field").distinct():
        offered = provable_fields(ContentType.objects.get_for_id(kind).model_class())
        assert str(offered[field]) not in ("", field), (kind, field)


def test_a_proof_of_what_nothing_shows_any_more_is_kept(owner):
    found = factories.organisation()
    proof = factories.citation(found, field="gone_since", words="示例")
    path = address(type(found), "change", found.pk)
    page = ask(owner, "GET", path)
    words = formset_of(page, Citation).forms[0].add_prefix("words")
    assert ask(owner, "POST", path, {**form_data(page), words: "示例改"}).status == 302
    proof.refresh_from_db()
    assert (proof.field, proof.words) == ("gone_since", "示例改")


@pytest.mark.parametrize("model", [model for model in MODELS if issubclass(model, Record)])
def test_no_citation_proves_what_staff_alone_see_or_how_a_record_is_published(model):
    assert {"contacts", "state", "version", "citations", "sources"}.isdisjoint(provable_fields(model))

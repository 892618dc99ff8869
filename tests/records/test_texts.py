"""What no reader can see is kept in no text: the pure rule, and every way of writing a row."""

import json
import unicodedata

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from fengtai.records.models import Citation, Followed, Redaction
from fengtai.records.redactions import redact
from fengtai.records.text_rules import text_rules
from fengtai.values.texts import shows_something, tidy, unshowable
from indicators.models import Scope
from partners.models import Contact, Level, Organisation
from tests import factories
from tests.admin.admin_pages import errors_of, form_data


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("示例单位", ""),
        ("示例 Café № 3（北京）", ""),
        ("示例\u200b单位", "U+200B"),
        ("示例\u202e位单", "U+202E"),
        ("\u2066示例\u2069", "U+2066"),
        ("示例\x00", "U+0000"),
        ("示例\u0085", "U+0085"),
        ("示例\n单位", "U+000A"),
        ("\ufeff示例", "U+FEFF"),
        ("示\u3164例", "U+3164"),
        ("示例\ud800", "U+D800"),
    ],
)
def test_a_name_holds_nothing_hidden(text, found):
    assert unshowable(text) == found


def test_long_texts_may_hold_lines():
    assert unshowable("甲\r\n\t乙", has_lines=True) == ""
    assert unshowable("甲\n\u200b", has_lines=True) == "U+200B"


def test_whatever_unicode_calls_invisible_private_or_no_character_is_hidden():
    unseen = ["Cc", "Cf", "Cs", "Co", "Zl", "Zp"]
    shown = {*map(chr, range(0x600, 0x606)), *"\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"}  # Arabic, Kaithi
    taken = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in unseen]
    assert {character for character in taken if not unshowable(character)} == shown
    last = [plane | end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)]
    noncharacters = [*range(0xFDD0, 0xFDF0), *last]
    ignorable = [0x34F, 0x17B4, 0x180B, 0xFE0F, 0x1D173, 0x13430, 0x1BCA0, 0xE0100, 0xE0FFF]
    assert [hex(code) for code in noncharacters + ignorable if not unshowable(f"甲{chr(code)}乙")] == []


def test_blanks_of_any_width_become_one_plain_blank():
    assert tidy("\u3000示例 \u2003单位\xa0甲 ") == "示例 单位 甲"
    assert tidy("示例单位") == "示例单位"


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u200b\u200d", "\u2800", "\u3164", "\u0301", "\u00a0\ufeff"])
def test_what_is_blank_to_the_eye_shows_nothing(text):
    assert not shows_something(text)
    assert shows_something(f"{text}一")


def test_every_text_of_every_subject_has_its_rule():
    kept = [model for model in apps.get_models() if model._meta.app_label in ("partners", "projects", "indicators")]
    unguarded = [model for model in kept if not hasattr(model, "history_id") and not issubclass(model, Followed)]
    assert [model for model in unguarded if text_rules(model)] == [], "A model that holds texts is Followed or a Record"


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", ["\u200b", "示例\u202e一", "示例\x07", "示例\ufe0f一", "示例\ue000"])
def test_no_way_of_writing_a_row_lets_hidden_characters_in(hidden):
    row, rows = factories.organisation(), Organisation.objects
    ways = [
        lambda: Organisation(name=hidden).full_clean(),
        lambda: rows.create(name=hidden),
        lambda: rows.bulk_create([Organisation(name="示例甲"), Organisation(name=hidden)]),
        lambda: rows.filter(pk=row.pk).update(name=hidden),
        lambda: rows.bulk_update([Organisation(pk=row.pk, name=hidden)], ["name"]),
        lambda: rows.update_or_create(pk=row.pk, defaults={"name": hidden}),
        lambda: Contact.objects.create(organisation=row, name=hidden),
        lambda: row.names.create(name=hidden, kind="short"),
        lambda: Citation.objects.create(record=row, source=factories.source(), words=hidden),
        lambda: Organisation(name=hidden).save_base(raw=True),
        lambda: _load([{"model": "partners.organisation", "pk": row.pk + 1, "fields": {"name": hidden}}]),
    ]
    for write in ways:
        with pytest.raises(ValidationError), transaction.atomic():
            write()
    assert list(rows.values_list("name", flat=True)) == ["示例单位"]


def _load(rows):
    for row in serializers.deserialize("python", rows):
        row.save()


@pytest.mark.django_db
def test_a_fixture_with_hidden_characters_is_not_loaded(tmp_path):
    path = tmp_path / "hidden.json"
    row = {"model": "indicators.scope", "pk": 1, "fields": {"name": "示\u202e例\u200b"}}
    path.write_text(json.dumps([row]), "utf-8")
    with pytest.raises(ValidationError):
        call_command("loaddata", path, verbosity=0)
    assert list(Scope.objects.all()) == []


@pytest.mark.django_db
def test_a_form_takes_blanks_of_any_width_as_plain_ones(admin_client):
    for code, name in (("one", "示例\u3000级别"), ("two", "\u2003示例  级别\xa0二")):
        sent = form_data(admin_client.get("/admin/partners/level/add/")) | {"name": name, "code": code}
        answer = admin_client.post("/admin/partners/level/add/", sent)
        assert answer.status_code == 302, errors_of(answer)
    assert dict(Level.objects.values_list("code", "name")) == {"one": "示例 级别", "two": "示例 级别 二"}


@pytest.mark.django_db
def test_an_address_and_the_reason_of_a_redaction_hold_nothing_hidden(admin_client, admin_user):
    source = factories.source()
    source.url = "https://example.org/\u200b"
    with pytest.raises(ValidationError):
        source.save()
    row = factories.organisation(address="示例路")
    version = row.history.first()
    with pytest.raises(ValidationError):
        redact(version=version, field="address", by=admin_user, why="示\u202e例")
    address = f"/admin/partners/organisation/{row.pk}/history/{version.pk}/redact/"
    answer = admin_client.post(address, {"field": "address", "why": "示\u202e例"})
    assert list(answer.context["form"].errors) == ["why"]
    assert Redaction.objects.count() == 0


@pytest.mark.django_db
def test_a_row_tells_every_text_at_fault_by_its_field():
    with pytest.raises(ValidationError) as refused:
        Organisation(name="\u200b", address="示例\u202e", website="不是网址").full_clean()
    assert {*refused.value.error_dict} == {"name", "address", "website"}


@pytest.mark.django_db
def test_a_long_text_keeps_its_lines():
    assert factories.organisation(introduction="第一行\n\t第二行").introduction == "第一行\n\t第二行"

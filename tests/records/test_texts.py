"""What no reader can see is kept in no text: the pure rule, and every way of writing a row."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from fengtai.records.models import Citation, Followed
from fengtai.records.text_rules import names_of, text_rules
from fengtai.values.texts import shows_something, unshowable
from partners.models import Contact, Level, Organisation
from projects.models import Place, Project
from tests import factories


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


def test_other_texts_may_hold_what_changes_no_meaning_and_long_ones_lines():
    assert unshowable("甲\u200b乙", is_name=False) == ""
    assert unshowable("甲\u202e乙", is_name=False) == "U+202E"
    assert unshowable("甲\n乙", is_name=False) == "U+000A"
    assert unshowable("甲\r\n\t乙", is_name=False, has_lines=True) == ""
    assert unshowable("甲\n乙", has_lines=True) == ""
    assert unshowable("甲\n\u200b", has_lines=True) == "U+200B"


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u200b\u200d", "\u2800", "\u3164", "\u0301", "\u00a0\ufeff"])
def test_what_is_blank_to_the_eye_shows_nothing(text):
    assert not shows_something(text)
    assert shows_something(f"{text}一")


def test_names_are_known_without_being_listed():
    assert names_of(Organisation) == {"name"}
    assert names_of(Level) == {"name", "name_en"}
    assert names_of(Place) == {"name", "other_names"}
    assert "summary" not in names_of(Project)


def test_every_text_of_every_subject_has_its_rule():
    kept = [model for model in apps.get_models() if model._meta.app_label in ("partners", "projects", "indicators")]
    unguarded = [model for model in kept if not hasattr(model, "history_id") and not issubclass(model, Followed)]
    assert [model for model in unguarded if text_rules(model)] == [], "A model that holds texts is Followed or a Record"


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", ["\u200b", "示例\u202e一", "示例\x07"])
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
    ]
    for write in ways:
        with pytest.raises(ValidationError):
            write()
    assert list(rows.values_list("name", flat=True)) == ["示例单位"]


@pytest.mark.django_db
def test_a_row_tells_every_text_at_fault_by_its_field():
    with pytest.raises(ValidationError) as refused:
        Organisation(name="\u200b", address="示例\u202e", website="不是网址").full_clean()
    assert {*refused.value.error_dict} == {"name", "address", "website"}


@pytest.mark.django_db
def test_a_long_text_keeps_its_lines():
    assert factories.organisation(introduction="第一行\n\t第二行").introduction == "第一行\n\t第二行"

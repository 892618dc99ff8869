"""A printed text and its companion columns agree after every way of writing."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.models import F, Value

from fengtai.values.periods import Kind
from indicators.models import Observation
from projects.models import Place
from tests import factories

pytestmark = pytest.mark.django_db
COMPANIONS = (
    "value",
    "value_value",
    "value_unit",
    "value_bound",
    "period",
    "period_start",
    "period_end",
    "period_kind",
)
EXPECTED = ("2.13万家", Decimal(21300), "家", "exact", "2024年上半年", date(2024, 1, 1), date(2024, 6, 30), "half")


def stored(row) -> tuple:
    return type(row).objects.values_list(*COMPANIONS).get(pk=row.pk)


def as_columns(row) -> tuple:
    """What the database itself holds, past the field's own reading."""
    with connection.cursor() as cursor:
        columns = ", ".join(COMPANIONS)
        cursor.execute(f"SELECT {columns} FROM indicators_observation WHERE id = %s", [row.pk])
        printed, value, unit, bound, period, start, end, kind = cursor.fetchone()
    days = [day if isinstance(day, date) or day is None else date.fromisoformat(day) for day in (start, end)]
    return (printed, None if value is None else Decimal(str(value)).normalize() + 0, unit, bound, period, *days, kind)


def test_companions_follow_on_create_and_save():
    row = factories.observation(value="约3.5亿元", period="2023年")
    assert as_columns(row)[:4] == ("约3.5亿元", Decimal(350000000), "元", "about")
    row.value, row.period = "2.13万家", "2024年上半年"
    row.save()
    assert as_columns(row) == EXPECTED


def test_companions_follow_on_update():
    row = factories.observation()
    Observation.objects.filter(pk=row.pk).update(value="2.13万家", period="2024年上半年")
    assert as_columns(row) == EXPECTED


def test_companions_follow_on_bulk_create_and_bulk_update():
    indicator, scope = factories.indicator(), factories.scope()
    row = Observation(indicator=indicator, scope=scope, value="600家", period="2023年")
    Observation.objects.bulk_create([row])
    assert as_columns(row)[1] == Decimal(600)
    row.value, row.period = "2.13万家", "2024年上半年"
    Observation.objects.bulk_update([row], ["value", "period"])
    assert as_columns(row) == EXPECTED


def test_companions_follow_on_upsert():
    row = factories.observation()
    again = Observation(
        pk=row.pk, indicator=row.indicator, scope=row.scope, value="2.13万家", period="2024年上半年", state="published"
    )
    Observation.objects.bulk_create(
        [again], update_conflicts=True, unique_fields=["id"], update_fields=["value", "period"]
    )
    assert as_columns(row) == EXPECTED


def test_companions_follow_on_loaddata_of_the_text_alone(tmp_path):
    row = factories.observation(value="2.13万家", period="2024年上半年")
    [dumped] = json.loads(serializers.serialize("json", [row]))
    for name in (*COMPANIONS[1:4], *COMPANIONS[5:]):
        del dumped["fields"][name]
    row.delete()
    path = tmp_path / "row.json"
    path.write_text(json.dumps([dumped]), "utf-8")
    call_command("loaddata", path, verbosity=0)
    assert as_columns(row.__class__.objects.get()) == EXPECTED


def test_companions_in_a_fixture_cannot_contradict_the_text(tmp_path):
    row = factories.observation(value="2.13万家", period="2024年上半年")
    [dumped] = json.loads(serializers.serialize("json", [row]))
    dumped["fields"]["value_value"] = "999"
    path = tmp_path / "row.json"
    path.write_text(json.dumps([dumped]), "utf-8")
    call_command("loaddata", path, verbosity=0)
    assert as_columns(row) == EXPECTED


def test_a_history_and_its_revert_keep_the_companions():
    row = factories.observation(value="2.13万家", period="2024年上半年")
    old = row.history.latest()
    assert old.value_value == 21300
    assert old.period_start == date(2024, 1, 1)
    row.value = "600家"
    row.save()
    brought_back = row.history.earliest().instance
    brought_back.version = row.version
    brought_back.save()
    assert as_columns(row) == EXPECTED


def test_companions_cannot_be_written_by_themselves():
    row = factories.observation()
    with pytest.raises(FieldError):
        Observation.objects.update(value_value=1)
    with pytest.raises(FieldError):
        Observation.objects.update(value=Value("600家"))
    row.value_value = 1
    assert row.value_value == row.value.value


def test_a_deferred_text_still_reads_its_companion():
    row = factories.observation(value="2.13万家")
    only = Observation.objects.only("value_value").get(pk=row.pk)
    assert only.value_value == 21300
    assert only.value.printed == "2.13万家"


def test_saving_a_row_loaded_in_part_writes_what_was_changed():
    row = factories.observation(value="600家")
    part = Observation.objects.defer("comparison").get(pk=row.pk)
    part.value = "2.13万家"
    part.save()
    assert as_columns(row)[:4] == EXPECTED[:4]


@pytest.mark.parametrize("text", ["若干", "0.04:16.4:83.6", "分别投资50亿元", "9.1E+17", "\x00"])
def test_what_cannot_be_read_is_never_held(text):
    with pytest.raises(ValidationError):
        Observation(value=text)
    with pytest.raises(ValidationError):
        Observation.objects.update(value=text)


def test_a_stored_text_that_is_no_longer_read_is_shown_and_not_lost(client):
    row = factories.observation()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_observation SET value = %s WHERE id = %s", ["若干", row.pk])
    page = client.get(row.get_absolute_url())
    assert page.status_code == 200
    assert "若干" in page.content.decode()
    assert Observation.objects.get(pk=row.pk).value.is_unread


def test_an_empty_period_is_not_stated_and_can_be_asked_for():
    row = factories.observation(period="")
    assert row.period.kind == Kind.NOT_STATED
    assert list(Observation.objects.filter(period_kind="not_stated")) == [row]


def test_a_field_takes_only_the_units_it_is_for():
    with pytest.raises(ValidationError) as refused:
        Place(name="示例", area="3.5亿元")
    assert refused.value.code == "unit_unfit"
    assert Place(name="示例", area="约7万平方米").area_value == 70000


def test_order_is_by_value_within_a_unit():
    for text in ("300余家", "2.13万家", "58家", "12亿元"):
        factories.observation(value=text)
    ordered = Observation.objects.order_by("value_unit", F("value_value").asc(nulls_last=True)).values_list("value")
    assert [str(value) for (value,) in ordered if value.unit == "家"] == ["58家", "300余家", "2.13万家"]

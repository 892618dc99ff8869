"""Columns that only lists of staff have: a row's state, when and by whom it was changed, and any field by its kind."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import ChoiceColumn, Column, FlagColumn
from fengtai.lists.many_columns import ManyColumn, RecordsColumn, Related
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.value_columns import DateColumn, FigureColumn, NumberColumn, PeriodColumn
from fengtai.records.fields import FigureField, PeriodField
from fengtai.records.links import not_stated
from fengtai.records.record import in_words, local_time, state_at
from fengtai.search.fields import SortKeyField


class StateColumn(Column):
    """The publication of a record as staff read it: of an embargoed one with the time at which it becomes public."""

    def select(self, model, name):
        return ["state", "publish_at"]

    def reader(self, model, name):
        return lambda values: (values[0], moment(values[1]))

    def html(self, value):
        state, at = value
        now = timezone.now()
        return format_html('<span class="state state-{}">{}</span>', state_at(state, at, now), in_words(state, at, now))

    def cells(self, value):
        return [in_words(*value, timezone.now())]

    def data(self, value):
        state, at = value
        return {"state": state_at(state, at, timezone.now()), "publish_at": at.isoformat() if at else None}


class HeldBackColumn(FlagColumn):
    """Whether a part is held back, in the words of its mark."""

    def html(self, value):
        return format_html('<span class="state state-held-back">{}</span>', _("held back")) if value else ""


class MomentColumn(Column):
    """A time, in Beijing and to the minute."""

    def reader(self, model, name):
        return lambda values: moment(values[0])

    def html(self, value):
        return not_stated() if value is None else format_html("<time>{}</time>", local_time(value))

    def cells(self, value):
        return [local_time(value) if value else None]

    def data(self, value):
        return value.isoformat() if value else None


class ChangedByColumn(ManyColumn):
    """Who wrote the row last, as its history says."""

    def related(self, model, name, *, cited=False):
        order = [F("history_date").desc(), F("history_id").desc()]
        parts = [F(f"history_user__{part}") for part in ("username", "last_name", "first_name")]
        return Related(model.history.model._base_manager.all(), "id", order, parts, self._name)

    @staticmethod
    def _name(parts) -> str:
        username, last, first = parts
        return f"{last or ''}{first or ''}" or username or ""

    def html(self, value):
        return format_html("{}", value[0]) if value and value[0] else not_stated()

    def cells(self, value):
        return [value[0] or None if value else None]


def column_of(model, name: str, **said) -> Column:
    """A column of one field of a model, by its kind."""
    field = model._meta.get_field(name)
    if field.many_to_many or field.one_to_many:
        return RecordsColumn(**said)
    if field.is_relation:
        return RecordColumn(sort=name_order(field.related_model, f"{name}__"), **said)
    if field.flatchoices:
        return ChoiceColumn(**said)
    return next((kind for of, kind in KINDS.items() if isinstance(field, of)), Column)(**said)


KINDS = {
    FigureField: FigureColumn,
    PeriodField: PeriodColumn,
    models.BooleanField: FlagColumn,
    models.IntegerField: NumberColumn,
    models.DateTimeField: MomentColumn,  # a kind of day to Django, so before it
    models.DateField: DateColumn,
}


def name_order(model, prefix: str = "") -> tuple[str, ...]:
    """The columns by which a model's rows stand in the order of their names."""
    keys = [field.name for field in model._meta.concrete_fields if isinstance(field, SortKeyField)]
    return (f"{prefix}{keys[0] if keys else model.label_paths[0]}",)


def moment(value) -> datetime | None:
    """SQLite hands moments over as text, in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value

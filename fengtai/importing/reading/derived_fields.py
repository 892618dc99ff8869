"""What each column of a table may say in a workbook, by the class of the column and of the model's field."""

from functools import singledispatch

from django.db import models

from fengtai.importing.reading import choice_fields, linked_fields, printed_fields, row_fields
from fengtai.importing.reading.citing import Cited
from fengtai.importing.reading.row_fields import RowField
from fengtai.lists.citation_columns import CitationsColumn
from fengtai.lists.columns import Column, FlagColumn
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.numbered_columns import NumberedRecordColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.value_columns import DateColumn, FigureColumn, NumberColumn, PeriodColumn
from fengtai.records.naming.naming_fields import naming_field, own_field

PARTS = {  # of a download
    FigureColumn: ("", "number", "unit", "exactness"),
    PeriodColumn: ("", "from", "to"),
    NumberedRecordColumn: ("", "id"),
}


def parts_of(column: Column | None) -> tuple[str, ...]:
    """What a download says of a column, cell by cell."""
    return next((parts for kind, parts in PARTS.items() if isinstance(column, kind)), ("",))


@singledispatch
def row_field(column: Column, declared, name: str, label: str) -> RowField:
    """What a column of a list may say; one that the platform works out itself is `Computed`."""
    model_field = own_field(declared.model, str(column.accessor or name))
    if model_field is None:
        return row_fields.Computed(name, label)
    return plain_field(declared, name, label, model_field)


def plain_field(declared, name: str, label: str, model_field) -> RowField:
    """By the class of the model's field, where the column itself is only text."""
    if isinstance(model_field, models.ForeignKey):
        return linked_fields.Reference(name, label, model_field)
    if model_field.name == "other_names":
        return row_fields.OtherNames(name, label, model_field)
    if model_field.flatchoices:
        return choice_fields.Choice(name, label, model_field, declared.words.get(model_field.name, {}))
    kind = {"figure": printed_fields.Figure, "growth": printed_fields.Figure, "period": printed_fields.Period}
    return kind.get(getattr(model_field, "reading_kind", ""), row_fields.Text)(name, label, model_field)


@row_field.register(NumberColumn)
@row_field.register(DateColumn)
@row_field.register(FlagColumn)
@row_field.register(FigureColumn)
@row_field.register(PeriodColumn)
def _single(column, declared, name, label):
    model_field = own_field(declared.model, str(column.accessor or name))
    kind = next(kind for column_class, kind in SINGLE.items() if isinstance(column, column_class))
    return kind(name, label, model_field) if model_field is not None else row_fields.Computed(name, label)


SINGLE = {
    NumberColumn: row_fields.Number,
    DateColumn: row_fields.Day,
    FlagColumn: choice_fields.Flag,
    FigureColumn: printed_fields.Figure,
    PeriodColumn: printed_fields.Period,
}


@row_field.register
def _record(column: RecordColumn, declared, name, label):
    if not column.itself:
        return _linked(declared, name, label, str(column.accessor or name))
    if column.show:
        return _linked(declared, name, label, column.show)
    return row_fields.Naming(name, label, own_field(declared.model, naming_field(declared.model)))


def _linked(declared, name, label, attribute):
    model_field = own_field(declared.model, attribute)
    named = model_field and naming_field(model_field.related_model)  # a link from the other side is no field of its own
    return linked_fields.Reference(name, label, model_field) if named else row_fields.Computed(name, label)


@row_field.register
def _records(column: RecordsColumn, declared, name, label):
    relation = declared.model._meta.get_field(name)
    if relation.many_to_many and not relation.auto_created and relation.remote_field.through._meta.auto_created:
        named = naming_field(relation.related_model)
        return linked_fields.Links(name, label, relation) if named else row_fields.Computed(name, label)
    shown = column.show and own_field(relation.related_model, column.show)
    if isinstance(shown, models.ForeignKey):
        return linked_fields.Entries(name, label, relation, column.show)
    return row_fields.Computed(name, label)


@row_field.register
def _citations(column: CitationsColumn, declared, name, label):
    return Cited(name, label)


def must_be_said(field) -> bool:
    """Whether a record cannot be made without the field."""
    return field.editable and not (field.blank or field.null or field.has_default() or field.primary_key)

"""The JSON of a row as a schema, by the class of its columns: what `Column.data` makes is described here."""

from functools import singledispatch

from fengtai.lists.columns import (
    ChoiceColumn,
    Column,
    DateColumn,
    FigureColumn,
    FlagColumn,
    NumberColumn,
    PeriodColumn,
    RecordColumn,
)
from fengtai.lists.many_columns import CitationsColumn, RecordsColumn
from fengtai.values.figures import Bound
from fengtai.values.periods import Kind

TEXT = {"type": ["string", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}


def _object(**properties) -> dict:
    return {"type": "object", "required": list(properties), "properties": properties}


COMPONENTS = {
    "Figure": _object(
        printed={"type": "string"},
        value={"type": ["number", "null"]},
        unit=TEXT,
        bound={"enum": [str(bound) for bound in Bound]},
    ),
    "Period": _object(printed={"type": "string"}, kind={"enum": [str(kind) for kind in Kind]}, start=DATE, end=DATE),
    "Record": _object(id={"type": "integer"}, name={"type": "string"}),
    "Citation": _object(
        source={"type": "integer"},
        title={"type": "string"},
        paragraph={"type": ["integer", "null"]},
        words={"type": "string"},
        field={"type": "string"},
    ),
    "Errors": _object(errors={"type": "object", "additionalProperties": {"type": "string"}}),
}


@singledispatch
def property_schema(column: Column, model, name: str) -> dict:
    return TEXT


@property_schema.register
def _number(column: NumberColumn, model, name):
    return {"type": ["integer", "null"]}


@property_schema.register
def _date(column: DateColumn, model, name):
    return DATE


@property_schema.register
def _flag(column: FlagColumn, model, name):
    return {"type": "boolean"}


@property_schema.register
def _choice(column: ChoiceColumn, model, name):
    *links, last = str(column.accessor or name).split("__")
    for link in links:
        model = model._meta.get_field(link).related_model
    return {"enum": [*(code for code, _label in model._meta.get_field(last).flatchoices), None]}


@property_schema.register
def _figure(column: FigureColumn, model, name):
    return _nullable("Figure")


@property_schema.register
def _period(column: PeriodColumn, model, name):
    return _nullable("Period")


@property_schema.register
def _record(column: RecordColumn, model, name):
    return _nullable("Record")


@property_schema.register
def _records(column: RecordsColumn, model, name):
    return {"type": "array", "items": {"type": "string"}}


@property_schema.register
def _citations(column: CitationsColumn, model, name):
    return {"type": "array", "items": {"$ref": "#/components/schemas/Citation"}}


def _nullable(component: str) -> dict:
    return {"anyOf": [{"$ref": f"#/components/schemas/{component}"}, {"type": "null"}]}

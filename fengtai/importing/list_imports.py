"""How a list is imported: derived from its table's columns, as pages and files are; a subject adds what only it knows.

A list needs nothing of its own. Where clerks have other words for a column, `synonyms` names them; where a cell means
more than one field, the subject adds a `RowField` of its own. The admin class of the model names the subject's class.
"""

from collections.abc import Iterator
from functools import cache, singledispatch

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext, override

from fengtai.columns import (
    ChoiceColumn,
    Column,
    DateColumn,
    FigureColumn,
    FlagColumn,
    LabelColumn,
    NumberColumn,
    PeriodColumn,
    RecordColumn,
)
from fengtai.exporting import PLATFORM_NUMBER
from fengtai.importing import row_fields
from fengtai.importing.citing import Cited
from fengtai.importing.headings import MARKS, folded
from fengtai.importing.row_fields import LANGUAGES, RowField
from fengtai.many_columns import CitationsColumn, RecordsColumn
from fengtai.search_fields import SortKeyField, following

PARTS = {FigureColumn: row_fields.Figure.parts, PeriodColumn: row_fields.Period.parts}

SOURCES = {
    "sources": "来源 资料来源 信息来源 出处 数据来源",
    "sources.number": "来源编号 出处编号 资料编号 来源序号",
    "checked_on": "核对日期",
    "doubt": "存疑",
}


class ListImport:
    """One list's import. Subclasses declare; `fields` may be extended."""

    synonyms: dict[str, str] = {}  # "name" or "value.unit": headings between blanks
    words: dict[str, dict[str, str]] = {}  # by choice field and code: what else it is called
    also: tuple[str, ...] = ()  # fields of the model that its public table does not show
    keys: tuple[tuple[str, ...], ...] = ()  # row fields that tell a record, the surest first
    optional: frozenset[str] = frozenset()  # key fields that a row may leave empty
    loose: frozenset[str] = frozenset()  # those of them that then may say anything on file
    marks: frozenset[str] = MARKS  # headings of the sender's own numbers
    needs: tuple[str, ...] = ()  # row fields without which a sheet is not this list's

    def __init__(self, table):
        self.table, self.model = table, table.model()
        self.fields = {field.name: field for field in self.declare()}
        self.own: dict[str, dict] = {}  # headings of its downloads, by language
        self.headings = self._headings()
        self.keys = self.keys or ((self.naming,),)
        self.needs = self.needs or (self.naming,)
        self.places = dict(self._places())
        self.required = self._required()

    @property
    def naming(self) -> str:
        """The row field of the record's own name."""
        return next(name for name, column in self.table.base_columns.items() if getattr(column, "itself", False))

    def declare(self) -> list[RowField]:
        """What a row may say: the table's columns, and the fields beside them."""
        table = self.table
        found = [
            row_field(column, self, name, table.lazy_label(name))
            for name, column in table.declared(detail=True).items()
        ]
        own = (self.model._meta.get_field(name) for name in self.also)
        return [*found, *(plain_field(self, field.name, field.verbose_name, field) for field in own)]

    def _headings(self) -> dict[str, tuple[str, str]]:
        """Field and part by heading, in both languages."""
        found: dict[str, tuple[str, str]] = {}
        for name, words in reversed((SOURCES | self.synonyms).items()):
            field, _dot, part = name.partition(".")
            found |= dict.fromkeys(map(folded, words.split()), (field, part))
        for language in LANGUAGES:
            with override(language):
                self.own[language] = self._own_headings()
            found |= self.own[language]
        return found

    def _own_headings(self) -> dict[str, tuple[str, str]]:
        found = {}
        for name, column in self.table.declared(detail=True).items():
            label = self.table.label(name)
            parts = PARTS.get(type(column), ("",))
            found |= {folded(text): (name, part) for text, part in zip(column.headings(label), parts, strict=True)}
            found.setdefault(folded(label), (name, ""))
        for name in self.also:
            found[folded(str(self.model._meta.get_field(name).verbose_name))] = (name, "")
        return found

    def _places(self):
        """Where a download's row holds a field's part: the position of its column, and which of its cells."""
        for position, (name, column) in enumerate(self.table.declared(detail=True).items()):
            for number, part in enumerate(PARTS.get(type(column), ("",))):
                yield (name, part), (position, number, column.cells)

    def _required(self) -> list[tuple[str, str, str]]:
        """What a new record must say: the model's field, the row field that says it, its label."""
        rows = {field.attribute: field for field in self.fields.values() if field.attribute}
        must = [field for field in self.model._meta.concrete_fields if must_be_said(field)]
        return [
            (field.name, *((row.name, row.label) if (row := rows.get(field.name)) else ("", field.verbose_name)))
            for field in must
        ]

    def heading_of(self, name: str, part: str) -> str:
        """The first of the words that clerks have for a part of a field."""
        return (SOURCES | self.synonyms)[f"{name}.{part}"].split()[0]

    # What a subject may answer for its own list:

    def key(self, name: str, said, reading):
        """What a row's field says as part of its key; `said` answers for every field of the row."""
        return self.fields[name].key(said(name), reading)

    def finish(self, said, reading) -> None:
        """After all cells of a row are read: what follows from several of them."""

    def check(self, readings) -> None:
        """Warnings that need the records' earlier figures; asked once for a portion of the rows."""

    def candidates(self):
        """The records that rows may be about."""
        return self.model._base_manager.order_by()

    def set_aside(self, said, reading) -> str:
        """Of a row that is no record of the list, the kind of what it is; then `reading` holds what it says instead."""
        return ""

    def cited_field(self, reading) -> str:
        """The field that a row's source states; none where it states the record as a whole."""
        return ""


@singledispatch
def row_field(column: Column, declared: ListImport, name: str, label: str) -> RowField:
    model_field = _own_field(declared.model, str(column.accessor or name))
    if model_field is None:
        return row_fields.Computed(name, label)
    return plain_field(declared, name, label, model_field)


def plain_field(declared: ListImport, name: str, label: str, model_field) -> RowField:
    """By the class of the model's field, where the column itself is only text."""
    if isinstance(model_field, models.ForeignKey):
        return row_fields.Reference(name, label, model_field)
    if model_field.name == "other_names":
        return row_fields.OtherNames(name, label, model_field)
    if model_field.flatchoices:
        return row_fields.Choice(name, label, model_field, declared.words.get(model_field.name, {}))
    kind = {"figure": row_fields.Figure, "growth": row_fields.Figure, "period": row_fields.Period}
    return kind.get(getattr(model_field, "reading_kind", ""), row_fields.Text)(name, label, model_field)


@row_field.register(NumberColumn)
@row_field.register(DateColumn)
@row_field.register(FlagColumn)
@row_field.register(FigureColumn)
@row_field.register(PeriodColumn)
def _single(column, declared, name, label):
    model_field = _own_field(declared.model, str(column.accessor or name))
    if model_field is None:
        return row_fields.Computed(name, label)
    return SINGLE[next(kind for kind in SINGLE if isinstance(column, kind))](name, label, model_field)


SINGLE = {
    NumberColumn: row_fields.Number,
    DateColumn: row_fields.Day,
    FlagColumn: row_fields.Flag,
    FigureColumn: row_fields.Figure,
    PeriodColumn: row_fields.Period,
}


@row_field.register(ChoiceColumn)
@row_field.register(LabelColumn)
def _by_field(column, declared, name, label):
    model_field = _own_field(declared.model, str(column.accessor or name))
    if model_field is None or not model_field.editable:
        return row_fields.Computed(name, label)
    return plain_field(declared, name, label, model_field)


@row_field.register
def _record(column: RecordColumn, declared, name, label):
    if not column.itself:
        return _linked(declared, name, label, str(column.accessor or name))
    if column.show:
        return _linked(declared, name, label, column.show)
    return row_fields.Naming(name, label, _own_field(declared.model, naming_field(declared.model)))


def _linked(declared, name, label, attribute):
    model_field = _own_field(declared.model, attribute)
    named = naming_field(model_field.related_model)
    return row_fields.Reference(name, label, model_field) if named else row_fields.Computed(name, label)


@row_field.register
def _records(column: RecordsColumn, declared, name, label):
    relation = declared.model._meta.get_field(name)
    if relation.many_to_many and not relation.auto_created and relation.remote_field.through._meta.auto_created:
        named = naming_field(relation.related_model)
        return row_fields.Links(name, label, relation) if named else row_fields.Computed(name, label)
    shown = column.show and _own_field(relation.related_model, column.show)
    if isinstance(shown, models.ForeignKey):
        return row_fields.Entries(name, label, relation, column.show)
    return row_fields.Computed(name, label)


@row_field.register
def _citations(column: CitationsColumn, declared, name, label):
    return Cited(name, label)


def _own_field(model, name: str):
    """The model's own field of this name, if it is one that can be written."""
    if "__" in name:
        return None
    found = next((field for field in model._meta.concrete_fields if field.name == name), None)
    return found if found is not None and found.editable else None


def must_be_said(field) -> bool:
    """Whether a record cannot be made without the field."""
    return field.editable and not (field.blank or field.null or field.has_default() or field.primary_key)


def naming_field(model) -> str:
    """The text by which records of a model are called and looked up; empty where they have none."""
    ordered = (field.named for field in following(model) if isinstance(field, SortKeyField))
    first = next(ordered, getattr(model, "label_paths", ("",))[0])
    return first if first and _own_field(model, first) is not None else ""


@cache
def list_import(table) -> ListImport:
    """The import of a table's list, by the class that the model's admin names."""
    named = getattr(admin.site.get_model_admin(table.model()), "list_import", None)
    return (named or ListImport)(table)


@cache
def number_headings() -> frozenset[str]:
    """What the column of the record's own number is called in a download."""
    return frozenset(("id", *map(folded, in_every_language(PLATFORM_NUMBER))))


def in_every_language(text: str) -> Iterator[str]:
    for language in LANGUAGES:
        with override(language):
            yield gettext(text)

"""How a list is imported: derived from its table's columns, as pages and files are; a subject adds what only it knows.

Where clerks have other words for a column, `synonyms` names them; where a cell means more than one field, the subject
adds a `RowField` of its own. The admin class of the model names its class.
"""

from functools import cache

from django.contrib import admin
from django.utils.translation import override

from fengtai.importing.reading.axes import Axes
from fengtai.importing.reading.derived_fields import must_be_said, parts_of, plain_field, row_field
from fengtai.importing.reading.headings import MARKS, folded
from fengtai.importing.reading.row_fields import LANGUAGES, RowField

SOURCES = {
    "sources": "来源 资料来源 信息来源 出处 数据来源",
    "sources.number": "来源编号 出处编号 资料编号 来源序号",
    "checked_on": "核对日期",
    "doubt": "存疑",
}
ENGLISH_NAME = "英文名称 英文名 外文名称 英文标题 englishname englishtitle nameenglish"  # of whatever has one


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
    axes: Axes | None = None  # where its tables may lie across
    totals_of: str = ""  # the row field whose record keeps the figures of a total that names it

    def __init__(self, table):
        self.table, self.model = table, table.model()
        self.fields = {field.name: field for field in self.declare()}
        self.own: dict[str, dict] = {}  # headings of its downloads, by language
        self.headings = self._headings()
        self.keys = self.keys or ((self.naming,),)
        self.needs = self.needs or (self.naming,)
        self.positions = dict(self._positions())
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
        for name in self.table.declared(detail=True):
            found |= {folded(text): (name, part) for part, text in self.printed_headings(name).items()}
            found.setdefault(folded(self.table.label(name)), (name, ""))
        for name in self.also:
            found[folded(str(self.model._meta.get_field(name).verbose_name))] = (name, "")
        return found

    def printed_headings(self, name: str) -> dict[str, str]:
        """How a download heads each part of a column, in the language at hand; empty for what is in none."""
        column = self.table.declared(detail=True).get(name)
        parts = parts_of(column)
        return dict(zip(parts, column.headings(self.table.label(name)), strict=True)) if column is not None else {}

    def _positions(self):
        """Where a download's row holds a field's part: the position of its column, and which of its cells."""
        for position, (name, column) in enumerate(self.table.declared(detail=True).items()):
            for number, part in enumerate(parts_of(column)):
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


@cache
def list_import(table) -> ListImport:
    """The import of a table's list, by the class that the model's admin names."""
    named = getattr(admin.site.get_model_admin(table.model()), "list_import", None)
    return (named or ListImport)(table)

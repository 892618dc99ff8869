"""The data dictionary: of every list what its columns are called, hold and are counted in; made from the tables."""

from dataclasses import dataclass
from functools import cache, singledispatch

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from fengtai.downloads.sheet_rows import RECORD_URL, sheet_headings, sheet_keys, sheet_kinds
from fengtai.lists.citation_columns import CitationsColumn
from fengtai.lists.columns import ChoiceColumn, Column, FlagColumn
from fengtai.lists.exactness import bound_shown
from fengtai.lists.many_columns import ManyColumn
from fengtai.lists.numbered_columns import NumberedRecordColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.site import ListPage
from fengtai.lists.value_columns import FigureColumn, PeriodColumn
from fengtai.records.paths import field_at
from fengtai.records.readings import SIGNS
from fengtai.values.figures import Bound


@dataclass(frozen=True)
class Described:
    """One column of a file: its key, its heading in each language, what it holds, its unit, and what else to know.

    In the two last `backticks` stand around what is typed as it stands.
    """

    key: str
    headings: tuple[str, ...]
    kind: str
    unit: str
    note: str


@cache
def dictionary(page: ListPage, language: str) -> list[Described]:
    """Of each column of a list's files, in the language at hand; it depends on no row."""
    table, names = page.table, page.table.names()
    headings = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            headings.append(sheet_headings(table, names))
    owners = [name for name in names for _kind in table.base_columns[name].kinds] + ["", ""]
    rows = zip(sheet_keys(table, names), zip(*headings, strict=True), sheet_kinds(table, names), owners, strict=True)
    return [_described(table, *row) for row in rows]


def _described(table, key: str, headings: tuple[str, ...], kind: str, name: str) -> Described:
    part = key.removeprefix(name).removeprefix(".") if name else key
    column = table.base_columns.get(name)
    unit = _unit(table, name) if isinstance(column, FigureColumn) and part == "value" else ""
    kinds = {"text": _("text"), "number": _("number"), "date": _("day")}
    return Described(key, headings, kinds[kind], unit, _own(key) if column is None else note(column, table, name, part))


def _own(key: str) -> str:
    told = {RECORD_URL: _("where the record stands on this site"), "id": _("the record's number, which never changes")}
    return told[key]


def _unit(table, name: str) -> str:
    """Of what may be counted in one unit alone that one; else the row says it."""
    units = getattr(field_at(table.model(), table.base_columns[name].path(name)), "units", ())
    return units[0] if len(units) == 1 else _("as in %(key)s") % {"key": f"`{name}.unit`"}


@singledispatch
def note(column: Column, table, name: str, part: str) -> str:
    return ""


@note.register
def _figure(column: FigureColumn, table, name, part):
    return {
        "printed": _("as its source printed it"),
        "value": _("a plain number in the base unit"),
        "unit": "",
        "bound": _("how exact it is: in CSV and Excel the word, in JSON the code, both below"),
    }[part]


@note.register
def _period(column: PeriodColumn, table, name, part):
    told = {"printed": _("as its source printed it"), "start": _("its first day"), "end": _("its last day")}
    return told[part]


@note.register
def _choice(column: ChoiceColumn, table, name, part):
    """Its codes in JSON, and their words in sheets."""
    labels = column.labels(table.model(), name)
    return _("; ").join(f"`{code}` {label}" for code, label in labels.items() if code)


@note.register
def _flag(column: FlagColumn, table, name, part):
    return _("true or false in JSON, a word or nothing in CSV and Excel")


@note.register
def _record(column: RecordColumn, table, name, part):
    own = column.itself and not column.show
    return "" if own else _("in JSON with the number of the record that it names")


@note.register
def _numbered(column: NumberedRecordColumn, table, name, part):
    if part == "id":
        return _("the number of the record that it names, which never changes")
    return _("in JSON with the number and the address of the record that it names")


@note.register
def _several(column: ManyColumn, table, name, part):
    return _("several, joined in one cell in CSV and Excel, an array in JSON")


@note.register
def _proofs(column: CitationsColumn, table, name, part):
    return _("where the sources state it: title, paragraph and words; in JSON also which column each proves")


def exactness() -> list[tuple[str, list[str], str]]:
    """Every code, its word in each language, and the sign of what it says."""
    return [
        (str(bound), [bound_shown(bound, code) for code, _name in settings.LANGUAGES], SIGNS.get(bound, ""))
        for bound in Bound
    ]

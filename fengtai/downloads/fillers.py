"""The columns of files, made for many rows at once, by the class of the list's columns.

What `cells` and `data` make of one value is made here of what the database holds of many rows, without the values
between; a test holds the two equal. Fillers are made for one file, in its language.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, singledispatch

from fengtai.lists.citation_columns import PROOF, CitationsColumn
from fengtai.lists.columns import ChoiceColumn, Column
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.numbered_columns import NumberedRecordColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.value_columns import PeriodColumn, day
from fengtai.records.links import paragraph_shown
from fengtai.values.periods import Kind

Selected = Sequence[Sequence]  # of each database column of a list's column, what it holds of the rows
REMEMBERED = 1000  # texts of linked rows that a file keeps: most point to few rows


@singledispatch
def sheet_filler(column: Column, model, name: str) -> Callable[[Selected], list[Sequence]]:
    """From the columns that `select` names to the columns of `cells`."""
    if type(column) is Column:
        return lambda selected: [_texts(selected[0])]
    read, cells = column.reader(model, name), column.cells
    return lambda selected: list(zip(*(cells(read(values)) for values in _rows(selected)), strict=True))


@singledispatch
def json_filler(column: Column, model, name: str, root: str = "") -> Callable[[Selected], Sequence]:
    """From the columns that `select` names to the rows' `data`; `root` is where the site stands."""
    if type(column) is Column:
        return lambda selected: _texts(selected[0])
    read, data = column.reader(model, name), column.data
    return lambda selected: [data(read(values)) for values in _rows(selected)]


@sheet_filler.register
def _choices(column: ChoiceColumn, model, name):
    labels = {code: str(label) for code, label in column.labels(model, name).items()}
    return lambda selected: [[labels.get(code, code) if code else None for code in selected[0]]]


@json_filler.register
def _codes(column: ChoiceColumn, model, name, root=""):
    return lambda selected: [code or None for code in selected[0]]


@sheet_filler.register
def _periods(column: PeriodColumn, model, name):
    return lambda selected: list(zip(*map(_period_cells, *selected), strict=True))


def _period_cells(printed: str, kind: str, start, end) -> tuple:
    return (None, None, None) if kind in (None, Kind.NOT_STATED) else (printed, day(start), day(end))


@sheet_filler.register
def _records(column: RecordColumn, model, name):
    labels = _labels(column, model, name)
    return lambda selected: [labels(selected)]


@json_filler.register
def _links(column: RecordColumn, model, name, root=""):
    labels, at = _labels(column, model, name), column.place_of_key()
    return lambda selected: [
        None if label is None else {"id": key, "name": label}
        for key, label in zip(selected[at], labels(selected), strict=True)
    ]


@sheet_filler.register
def _numbered(column: NumberedRecordColumn, model, name):
    labels, at = _labels(column, model, name), column.place_of_key()
    return lambda selected: [labels(selected), selected[at]]


@json_filler.register
def _addressed(column: NumberedRecordColumn, model, name, root=""):
    read, data = column.reader(model, name), column.data
    return lambda selected: [data(read(values), root) for values in _rows(selected)]


def _labels(column: RecordColumn, model, name) -> Callable[[Selected], list]:
    """The texts of the links, without their addresses, which no file shows."""
    shown = column.naming(column.target(model, name))
    own = column.itself and not column.show  # then no label comes twice
    label = _published(shown) if own else lru_cache(REMEMBERED)(shown.label)
    named = column.label_parts(model, name)
    return lambda selected: [
        None if key is None else label(*parts) for key, *parts in _rows([selected[0], *selected[named]])
    ]


def _published(model) -> Callable[..., str]:
    """A record's own name as published: the one in English has a column of its own."""
    return lambda *parts: model.published_name(*parts) or model.label(*parts)


@sheet_filler.register
def _several(column: RecordsColumn, model, name):
    return _joined(lru_cache(REMEMBERED)(column.part_text(model, name)))


@json_filler.register
def _several_texts(column: RecordsColumn, model, name, root=""):
    data = lru_cache(REMEMBERED)(column.part_data(model, name))
    return lambda selected: [[data(parts) for parts in rows] for rows in selected[0]]


@sheet_filler.register
def _citations(column: CitationsColumn, model, name):
    @lru_cache(REMEMBERED)
    def text(title, paragraph, words):
        return f"{title} {paragraph_shown(paragraph)} {words}".strip()

    return _joined(lambda parts: text(*parts[1:4]))


@json_filler.register
def _proofs(column: CitationsColumn, model, name, root=""):
    return lambda selected: [[dict(zip(PROOF, parts, strict=True)) for parts in rows] for rows in selected[0]]


def _joined(text: Callable[[tuple], str]) -> Callable[[Selected], list[Sequence]]:
    return lambda selected: [["；".join([text(parts) for parts in rows]) or None for rows in selected[0]]]


def _rows(selected: Selected) -> Iterator[tuple]:
    return zip(*selected, strict=True)


def _texts(column: Sequence) -> list:
    return [None if value in (None, "") else str(value) for value in column]

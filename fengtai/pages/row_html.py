"""A list's rows as HTML: a function compiled once per table and language, from the database's values to the page."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language

from fengtai.lists.citation_columns import CitationsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.rows import row_reader
from fengtai.pages.cited_words import cited_words
from fengtai.pages.row_proofs import RowProofs
from fengtai.records.links import not_stated
from fengtai.search.highlighting import highlighted
from fengtai.search.query import Query

PRINTERS = 256  # that are kept: staff choose the columns of their lists
NUMERIC = ' class="number"'


class RowPrinter:
    """A list page's row as a pattern, and of each column the function that makes what stands in its cell."""

    def __init__(self, table, names: tuple[str, ...]):
        columns, model = {name: table.base_columns[name] for name in names}, table.model()
        self.reader = row_reader(table, names)
        self.starts = [_cell_start(table.label(name), column.numeric) for name, column in columns.items()]
        self.pattern = self.pattern_of(range(len(columns)))
        self.cells = [column.cell(model, name) for name, column in columns.items()]
        self.proofs = RowProofs(model, columns)
        self.sources = [at for at, column in enumerate(columns.values()) if isinstance(column, CitationsColumn)]
        self.named = [isinstance(column, RecordColumn) for column in columns.values()]

    def pattern_of(self, positions: Iterable[int]) -> str:
        """A row of some of the columns."""
        starts = (self.starts[position].replace("%", "%%") for position in positions)
        return f"<tr>{''.join(f'{start}%s</td>' for start in starts)}</tr>"

    def read(self, keys, looked_for: Query | None = None) -> Iterator[list[str]]:
        """Of each row the HTML of its cells, in which what was looked for is marked."""
        return (cells for _key, cells in self.rows(keys, looked_for))

    def rows(self, keys, looked_for: Query | None = None) -> Iterator[tuple[int, list[str]]]:
        """The same with the key of each row."""
        for key, parts in self.reader.parts(keys):
            made = [cell(part) for cell, part in zip(self.cells, parts, strict=True)]
            if self.proofs.some:
                self.proofs.link(key, parts, made)
            yield key, made if looked_for is None else self._marked(parts, made, looked_for)

    def _marked(self, parts: list, cells: list[str], looked_for: Query) -> list[str]:
        """What was looked for, marked where it stands; what stands in no cell is told beside the sources."""
        named = zip(cells, self.named, strict=True)
        marked = [highlighted(cell, looked_for, names=are_names) for cell, are_names in named]
        for at in self.sources:
            marked[at] = mark_safe(marked[at] + cited_words(parts[at], cells, looked_for))
        return marked


@lru_cache(PRINTERS)
def row_printer(table, names: tuple[str, ...], language: str) -> RowPrinter:
    """In the language at hand, which is a parameter only so that each language keeps a printer of its own."""
    return RowPrinter(table, names)


def rendered_rows(table, keys, looked_for: Query | None = None, names: tuple[str, ...] = ()) -> SafeString:
    """The rows of these keys, ready for the body of a table; of the columns named, else of those of the list page."""
    printer = row_printer(table, names or table.names(detail=False), get_language())
    return mark_safe("".join([printer.pattern % tuple(cells) for cells in printer.read(keys, looked_for)]))


def telling_rows(table, keys, without: str = "") -> tuple[list[int], SafeString]:
    """The rows of these keys without the columns that are stated of none of them, and which columns are left.

    `without` names one that says the same of all: beside a record, the link to it.
    """
    names = table.names(detail=False)
    printer, nothing = row_printer(table, names, get_language()), (not_stated(), "")
    rows = list(printer.read(keys))
    wanted = [position for position, name in enumerate(names) if name != without]
    left = [position for position in wanted if any(row[position] not in nothing for row in rows)]
    pattern = printer.pattern_of(left)
    return left, mark_safe("".join([pattern % tuple(row[position] for position in left) for row in rows]))


def _cell_start(label: str, numeric: bool) -> str:
    """A cell's opening tag, which carries its heading for narrow screens."""
    return f'<td data-label="{escape(capfirst(label))}"{NUMERIC if numeric else ""}>'

"""The rows of a list as columns of cells, for any kind of sheet: headings, kinds, batches."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django.utils.translation import gettext as _

from fengtai.downloads.file_rows import read
from fengtai.downloads.fillers import sheet_filler
from fengtai.lists.addresses import row_addresses
from fengtai.lists.questions import Question

RECORD_URL = "record_url"  # the key of a row's own address


def sheet_headings(table, names: Sequence[str]) -> list[str]:
    """One heading per column of a sheet, several of a figure or period. The address and the key come last."""
    headings = (table.base_columns[name].headings(table.label(name)) for name in names)
    return [*chain.from_iterable(headings), _("platform address"), _("platform number")]


def sheet_keys(table, names: Sequence[str]) -> list[str]:
    """The same columns by keys that no language and no rewording changes: those by which JSON holds their parts."""
    return [*chain.from_iterable(table.base_columns[name].keys(name) for name in names), RECORD_URL, "id"]


def sheet_kinds(table, names: Sequence[str]) -> list[str]:
    """What the columns of a sheet hold: text, number or date."""
    return [*chain.from_iterable(table.base_columns[name].kinds for name in names), "text", "number"]


def sheet_batches(page, question: Question, root: str = "") -> Iterator[list[Sequence]]:
    """The filtered rows as columns of typed cells, some rows at a time; `root` is where the site stands."""
    table = page.table
    fillers = [sheet_filler(table.base_columns[name], table.model(), name) for name in question.columns]
    for batch in read(page, question):
        yield [*chain.from_iterable(batch.filled(fillers)), full_addresses(table, batch.keys, root), batch.keys]


def full_addresses(table, keys: Sequence[int], root: str) -> list[str | None]:
    return [f"{root}{path}" if path else None for path in row_addresses(table, keys)]

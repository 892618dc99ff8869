"""The rows of a list as columns of cells, for any kind of sheet: headings, kinds, batches."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django.utils.translation import gettext as _

from fengtai.downloads.file_rows import read
from fengtai.downloads.fillers import sheet_filler
from fengtai.lists.questions import Question


def sheet_headings(table, names: Sequence[str]) -> list[str]:
    """One heading per column of a sheet; a column that is printed and numeric has several. The key comes last."""
    headings = (table.base_columns[name].headings(table.label(name)) for name in names)
    return [*chain.from_iterable(headings), _("platform number")]


def sheet_kinds(table, names: Sequence[str]) -> list[str]:
    """What the columns of a sheet hold: text, number or date."""
    return [*chain.from_iterable(table.base_columns[name].kinds for name in names), "number"]


def sheet_batches(page, question: Question) -> Iterator[list[Sequence]]:
    """The filtered rows as columns of typed cells, some rows at a time."""
    table = page.table
    fillers = [sheet_filler(table.base_columns[name], table.model(), name) for name in question.columns]
    for batch in read(page, question):
        yield [*chain.from_iterable(batch.filled(fillers)), batch.keys]

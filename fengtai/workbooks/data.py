"""What a workbook holds once read: sheets of rows as typed, and what was noticed while reading. Plain data only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell without a value that can be taken: one that shows #N/A or #REF!, or whose format is not understood.

    `code` is one of the importing room's sentences, which names `text`.
    """

    text: str
    code: str = "excel_error"

    def __str__(self):
        return self.text


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell whose number format makes it say something else than its value: 0.065 shown as 下降6.5%.

    `text` is what the sheet shows, and what counts; `value` is what is stored beneath, for warnings and comparisons.
    """

    text: str
    value: int | float | Decimal | date | datetime | time
    form: str = ""  # the format's own code

    def __str__(self):
        return self.text


WITHIN = " › "  # between the heading of a section and that of one within it
Cell = str | int | float | Decimal | bool | date | datetime | time | ErrorCell | Shown | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth telling that does not stop the reading; `words.tell` says it in the reader's language."""

    code: str
    row: int = 0
    column: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    column: int
    text: str
    unit: str = ""
    part: str = ""  # of a heading over two rows, the lower one alone
    parts: Sequence[str] = ()  # what stands over the column, from top to bottom
    by_sheet: bool = False  # whether a line over the headings states the unit: nearer ones go before it


@dataclass(frozen=True, slots=True)
class RowData:
    number: int
    cells: dict[int, Cell]
    section: str = ""  # the headings of the sections it stands in, the inmost last, with WITHIN between them
    column: int = 0  # of a table that was wide: the column of the sheet that its figure stands in
    merged: tuple[tuple[int, int, int], ...] = ()  # cells merged over several rows: column, first and last row
    ditto: tuple[tuple[int, str], ...] = ()  # column and text of cells that repeat what stands above
    fault: str = ""  # why none of it can be taken: a code of the importing room's sentences
    places: Mapping[int, tuple[int, int]] | None = None  # and of its other cells: row and column of the sheet


@dataclass(frozen=True, slots=True)
class Skipped:
    row: int
    kind: str  # title, note, heading, unit, total, section, signature, example or empty
    text: str


@dataclass(frozen=True, slots=True)
class SheetData:
    """One table; a sheet with other headings further down is several of one name."""

    name: str
    hidden: bool = False
    headings: list[Heading] = field(default_factory=list)
    rows: list[RowData] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unit: str = ""
    notes: list[Notice] = field(default_factory=list)
    totals: list[RowData] = field(default_factory=list)  # the sums among the rows skipped, with their cells


@dataclass(frozen=True, slots=True)
class WorkbookData:
    kind: str  # xlsx or csv
    sheets: list[SheetData]
    sha256: str
    warnings: list[Notice] = field(default_factory=list)
    batch: str = ""  # the uuid of the import that it was returned by

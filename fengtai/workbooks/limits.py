"""How much of a clerk's file is read at most."""

from dataclasses import dataclass

MB = 1_000_000
SPARE_ROWS = 100  # for titles and notes, beyond the rows of data that are counted


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most; sizes in bytes unless they say otherwise."""

    bytes: int = 20_000_000
    rows: int = 50_000
    columns: int = 200
    cells: int = 2_000_000
    text: int = 50_000_000  # characters handed over, merged cells spread
    inflated: int = 250_000_000
    parts: int = 2_000
    sheets: int = 100
    merges: int = 20_000  # merged ranges of one sheet
    merged: int = 2_000_000  # cells under them
    seconds: int = 10
    memory: int = 300_000_000

    @property
    def last_row(self) -> int:
        return self.rows + SPARE_ROWS

"""How the figures of a list may lie across a sheet."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Axes:
    """The row fields of a list whose figures may lie across a sheet, instead of one in a row.

    Of subject, place and period any may stand in the rows, in the headings, or once for the whole sheet; the cells
    hold the level, and its growth beside it or below.
    """

    subject: str
    place: str
    period: str
    level: str
    growth: str

    @property
    def names(self) -> tuple[str, str, str]:
        return self.subject, self.place, self.period

"""What a chart is made of: published values at their periods, or counted rows by name, before anything is drawn."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise


class Role(StrEnum):
    """What a value is beside others: one that stands, one that may still change, one that is only aimed at."""

    FIRM = "firm"
    PROVISIONAL = "provisional"
    TARGET = "target"


@dataclass(frozen=True)
class Mark:
    """A value as it was printed. `upper` is the other end of a range; `past` are values that it replaced."""

    printed: str
    value: Decimal
    at: float = 0  # months since the year nought; of a row its place in the order
    when: str = ""  # the period as printed, or the name of a row
    tick: str = ""  # the period as the axis names it
    exact: bool = True
    upper: Decimal | None = None
    role: Role = Role.FIRM
    past: tuple[tuple[str, Decimal], ...] = ()
    english: str = ""  # value and period in English, where these are published ones
    english_when: str = ""

    @property
    def css(self) -> str:
        """The classes of the shape that stands for it."""
        return " ".join(filter(None, (f"c-{self.role}", "" if self.exact else "c-inexact")))

    @property
    def values(self) -> list[Decimal]:
        return [self.value, *filter(None, [self.upper]), *(value for _printed, value in self.past)]


@dataclass(frozen=True)
class Chart:
    """Marks in their order. `step` is how far neighbours lie apart where none is missing, in months.

    A chart that is `counted` shows what the platform counted itself. `beside` are values that have no place on it.
    """

    name: str  # in addresses
    title: str
    kind: str  # line, bars, rows or funnel
    marks: tuple[Mark, ...]
    unit: str = ""
    step: float = 0
    restarts: bool = False  # a sum that begins anew each January
    counted: bool = False
    beside: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_drawn(self) -> bool:
        """One value draws nothing."""
        return len(self.marks) > 1

    @property
    def standing(self) -> list[Mark]:
        """Without targets."""
        return [mark for mark in self.marks if mark.role is not Role.TARGET]

    def joins(self, one: Mark, other: Mark) -> bool:
        """Whether two neighbours belong to one unbroken line: a missing period is a gap."""
        return other.at - one.at <= self.step * 1.02 and not self._begins_anew(one, other)

    @property
    def gaps(self) -> list[tuple[Mark, Mark]]:
        pairs = pairwise(self.standing)
        return [pair for pair in pairs if self.step and not self.joins(*pair) and not self._begins_anew(*pair)]

    def _begins_anew(self, one: Mark, other: Mark) -> bool:
        return self.restarts and int(one.at) // 12 != int(other.at) // 12


@dataclass(frozen=True)
class Path:
    """A shape: its classes, and its outline."""

    css: str
    d: str


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    text: str
    css: str = ""


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    font: float  # pixels
    paths: tuple[Path, ...]
    texts: tuple[Text, ...]

"""A number format's code as Excel and WPS understand it: its sections, and what each prints in which order.

Whatever is not wholly understood raises FormatError: half a format would make another figure of a number.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


class FormatError(ValueError):
    """A code, or a part of it, that is not understood."""


class Token(NamedTuple):
    kind: str  # literal, blank, general, digit, point, comma, percent, exponent, text, halves, elapsed, date, sign
    text: str  # what it prints, or the code of what it stands for
    locale: str = ""  # of a currency's sign


@dataclass(frozen=True)
class Section:
    """One of the parts between semicolons."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    is_red: bool = False

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(token.kind for token in self.tokens)

    @property
    def is_date(self) -> bool:
        return bool(self.kinds & {"date", "elapsed", "halves"})

    @cached_property
    def is_of_negatives(self) -> bool:
        """Whether its condition lets only negative numbers in: those are printed without their minus."""
        name, limit = self.condition or ("", 0.0)
        return (name == "<" and limit <= 0) or (name in ("<=", "=") and limit < 0)

    def admits(self, number) -> bool:
        name, limit = self.condition
        return COMPARED[name](number, limit)


@dataclass(frozen=True)
class Format:
    """A whole code: the sections of numbers in their order, and that of texts if it has one."""

    code: str
    numbers: tuple[Section, ...]
    text: Section | None = None

    def section_of(self, number) -> tuple[Section, bool]:
        """The section that prints a number, and whether its minus is left to that section."""
        if not self.numbers:
            return GENERAL, False
        if any(section.condition for section in self.numbers):
            return self._by_condition(number)
        if number < 0 and len(self.numbers) > 1:
            return self.numbers[1], True
        if number == 0 and len(self.numbers) > 2:
            return self.numbers[2], False
        return self.numbers[0], False

    def _by_condition(self, number) -> tuple[Section, bool]:
        """Where only some state a condition, the first without one takes the positive numbers, the last the rest."""
        for index, section in enumerate(self.numbers):
            is_last = index == len(self.numbers) - 1
            if section.condition:
                if section.admits(number):
                    return section, number < 0 and section.is_of_negatives
            elif index == 0 and not is_last:
                if number > 0 or (number == 0 and len(self.numbers) < 3):
                    return section, False
            elif is_last or number < 0:
                return section, number < 0 and _is_of_positives(self.numbers[0])
        raise FormatError(self.code)  # the sheet shows nothing but ####


def _is_of_positives(section: Section) -> bool:
    return section.condition in ((">", 0.0), (">=", 0.0), None)


GENERAL = Section((Token("general", "General"),))


_READ: dict[str, Callable[[str], Token]] = {
    "quoted": lambda text: Token("literal", text[1:-1]),
    "escaped": lambda text: Token("literal", text[1]),
    "blank": lambda text: Token("blank", " "),
    "fill": lambda text: Token("blank", ""),
    "literal": lambda text: Token("literal", text),
    "slash": lambda text: Token("slash", text),
    **{
        kind: lambda text, kind=kind: Token(kind, text)
        for kind in ("general", "digit", "point", "comma", "percent", "text")
    },
    **{kind: lambda text, kind=kind: Token(kind, text.lower()) for kind in ("halves", "exponent", "date")},
}

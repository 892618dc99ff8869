"""The kinds of period, and why a text is not read as one: a code for each reason, and the piece it is about."""

import re
from enum import StrEnum

from fengtai.values.texts import spelled
from fengtai.values.translatable import N_

FIRST_YEAR, LAST_YEAR, LONGEST = 1900, 2100, 60

REASONS = {
    "words": N_("“%(part)s” cannot be read as part of a period"),
    "year_missing": N_("“%(part)s” does not say which year"),
    "short_year": N_("“%(part)s” gives the year in two digits; write all four"),
    "relative": N_("“%(part)s” depends on the day it was written; write the date"),
    "vague": N_("“%(part)s” has no certain first and last day"),
    "range": N_("“%(part)s” is a range; only months or quarters counted from January of one year can be kept"),
    "no_such_date": N_("“%(part)s” is not in the calendar"),
    "out_of_range": N_("“%(part)s” lies outside the years 1900 to 2100"),
    "serial_number": N_("“%(part)s” is a bare number, perhaps a date that Excel stored as a number; write the date"),
    "clock": N_("“%(part)s” is a time of day; a period is made of whole days"),
    "control_character": N_("“%(part)s” is an invisible character; delete it"),
    "too_long": N_("“%(part)s…” is longer than 60 characters"),
    "not_text": N_("“%(part)s” is neither text nor a date"),
}


class Kind(StrEnum):
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    CUMULATIVE = "cumulative"
    POINT = "point"
    SINCE = "since"
    PLAN = "plan"
    NOT_STATED = "not_stated"
    UNREAD = "unread"  # kept as printed on a person's word: nobody knows what it says


class PeriodError(ValueError):
    def __init__(self, text: str, part: str, code: str):
        super().__init__(text, part, code)
        self.text, self.part, self.code = text, part, code

    @property
    def message(self) -> str:
        return REASONS[self.code]

    def __str__(self):
        return self.message % {"part": spelled(self.part)}


def refused(match: re.Match, code: str) -> PeriodError:
    return PeriodError(match.string, match[0], code)

"""Why a text is not read as a figure: one code for each reason, and the piece of the text it is about."""

from enum import StrEnum

from fengtai.values.marking_for_translation import N_


class Code(StrEnum):
    TYPE = "type"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    CHARACTER = "character"
    BLANK = "blank"
    NUMBER = "number"
    TOO_LARGE = "too_large"
    UNIT = "unit"
    CONFLICT = "conflict"
    BOUNDS = "bounds"
    SIGN = "sign"
    RANGE = "range"
    NOTE = "note"
    SEVERAL = "several"
    RATIO = "ratio"
    FRACTION = "fraction"
    ORDINAL = "ordinal"
    DATE = "date"
    VAGUE = "vague"
    RELATIVE = "relative"
    LEVEL = "level"
    WORDS = "words"


# The web layer translates these by code.
MESSAGES = {
    Code.TYPE: N_("only text and numbers can be read, not %(part)s"),
    Code.EMPTY: N_("there is nothing to read"),
    Code.TOO_LONG: N_("the text is too long for a figure: %(part)s"),
    Code.CHARACTER: N_("the character %(part)s has no place in a figure"),
    Code.BLANK: N_("a blank inside the digits leaves open where the number ends: %(part)s"),
    Code.NUMBER: N_("this is not one number: %(part)s"),
    Code.TOO_LARGE: N_("the number has more digits than are kept exactly: %(part)s"),
    Code.UNIT: N_("the unit is missing or not known: %(part)s"),
    Code.CONFLICT: N_("this does not agree with the unit beside it: %(part)s"),
    Code.BOUNDS: N_("this contradicts another word on how exact the number is: %(part)s"),
    Code.SIGN: N_("the sign is said twice or cannot be told: %(part)s"),
    Code.RANGE: N_("this range cannot be read for certain: %(part)s"),
    Code.NOTE: N_("the remark in brackets may change the figure: %(part)s"),
    Code.SEVERAL: N_("these are several figures: %(part)s"),
    Code.RATIO: N_("a ratio is not one number: %(part)s"),
    Code.FRACTION: N_("a fraction has no exact value here: %(part)s"),
    Code.ORDINAL: N_("an ordinal is a place in an order, not an amount: %(part)s"),
    Code.DATE: N_("this is a date or a period: %(part)s"),
    Code.VAGUE: N_("this names no definite number: %(part)s"),
    Code.RELATIVE: N_("this is relative to something else, or does not say to what: %(part)s"),
    Code.LEVEL: N_("this is a level, or does not say whether by or to: %(part)s"),
    Code.WORDS: N_("these words are not understood: %(part)s"),
}


class FigureError(ValueError):
    """`part` is the very piece of `text` that was not understood; a character no one can see is named U+0000."""

    def __init__(self, code: Code, text: str, part: str):
        super().__init__(code, text, part)
        self.code, self.text, self.part = code, text, part

    def __str__(self) -> str:
        return MESSAGES[self.code] % {"part": self.part}

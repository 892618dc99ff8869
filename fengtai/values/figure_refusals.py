"""Why a text is not read as a figure: one code for each reason, with its sentence, and the piece it is about."""

from enum import StrEnum

from fengtai.values.translatable import N_


class Code(StrEnum):
    """A reason by its code; `message` is its sentence in English, which the web pages translate."""

    TYPE = "type", N_("only text and numbers can be read, not %(part)s")
    EMPTY = "empty", N_("there is nothing to read")
    TOO_LONG = "too_long", N_("the text is too long for a figure: %(part)s")
    CHARACTER = "character", N_("the character %(part)s has no place in a figure")
    BLANK = "blank", N_("a blank inside the digits leaves open where the number ends: %(part)s")
    NUMBER = "number", N_("this is not one number: %(part)s")
    TOO_LARGE = "too_large", N_("the number has more digits than are kept exactly: %(part)s")
    UNIT = "unit", N_("the unit is missing or not known: %(part)s")
    NO_UNIT = "unit_missing", N_("“%(part)s” has no unit. Units that fit here: %(units)s.")
    UNFIT = "unit_unfit", N_("The unit of “%(part)s” does not fit. Units that fit here: %(units)s.")
    CONFLICT = "conflict", N_("this does not agree with the unit beside it: %(part)s")
    BOUNDS = "bounds", N_("this contradicts another word on how exact the number is: %(part)s")
    SIGN = "sign", N_("the sign is said twice or cannot be told: %(part)s")
    RANGE = "range", N_("this range cannot be read for certain: %(part)s")
    NOTE = "note", N_("the remark in brackets may change the figure: %(part)s")
    SEVERAL = "several", N_("these are several figures: %(part)s")
    RATIO = "ratio", N_("a ratio is not one number: %(part)s")
    FRACTION = "fraction", N_("a fraction has no exact value here: %(part)s")
    ORDINAL = "ordinal", N_("an ordinal is a place in an order, not an amount: %(part)s")
    DATE = "date", N_("this is a date or a period: %(part)s")
    VAGUE = "vague", N_("this names no definite number: %(part)s")
    RELATIVE = "relative", N_("this is relative to something else, or does not say to what: %(part)s")
    LEVEL = "level", N_("this is a level, or does not say whether by or to: %(part)s")
    WORDS = "words", N_("these words are not understood: %(part)s")

    def __new__(cls, value: str, message: str):
        code = str.__new__(cls, value)
        code._value_, code.message = value, message
        return code


class FigureError(ValueError):
    """`part` is the piece of `text` that was not understood; an invisible character is named by its code, U+0000.

    `units` says which would be, where that is what the text lacks.
    """

    def __init__(self, code: Code, text: str, part: str, units: str = ""):
        super().__init__(code, text, part)
        self.code, self.text, self.part, self.units = code, text, part, units

    @property
    def message(self) -> str:
        return self.code.message

    def __str__(self) -> str:
        return self.message % {"part": self.part, "units": self.units}

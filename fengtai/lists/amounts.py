"""Numbers as people write them in a question: 1000亿, 1,000, 5000万元以上, CNY 100 billion, in plain or full width."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fengtai.records.readings import explain
from fengtai.values.english_questions import figure_in_chinese
from fengtai.values.figures import Bound, FigureError, parse_figure

NO_NUMBER = _("Write a number, such as %(example)s.")
OTHER_WAY = _("“%(typed)s” says the opposite of this field.")
TWO_NUMBERS = _("“%(typed)s” has two ends: write one here and the other in the field beside it.")
RANGE = re.compile("[0-9十百千万亿元%]\\s*(?:[-–—~～至到]|to)\\s*[0-9一二两三四五六七八九十]")
# As keyboards have it: >=1000家, 500+家.
TYPED = (
    (re.compile("^>="), "≥"),
    (re.compile("^<="), "≤"),
    (re.compile(r"^([^+]*[0-9百千万亿])\+(\D*)$"), r"\1\2以上"),
)
LARGEST = Decimal(10) ** 20
EXAMPLE = _("CNY 100 billion")


@dataclass(frozen=True)
class Amount:
    """A number in its base unit, as it was typed; `unit` is empty where none was. 超过58家 is `beyond` 58家."""

    typed: str
    value: Decimal
    unit: str
    beyond: bool = False

    def __str__(self) -> str:
        return self.typed


class AmountFormField(forms.CharField):
    """A number with or without its unit; `refused` are the bounds that contradict the question."""

    def __init__(self, *args, refused: frozenset[Bound] = frozenset(), **kwargs):
        self.refused = refused
        super().__init__(*args, **kwargs)

    def to_python(self, value) -> Amount | None:
        text = super().to_python(value)
        if not text:
            return None
        if RANGE.search(text):
            raise ValidationError(TWO_NUMBERS % {"typed": text}, code="range")
        try:
            figure = parse_figure(figure_in_chinese(text) or _as_printed(text))
        except FigureError as error:
            raise ValidationError(explain(error), code=error.code) from error
        if figure.value is None or figure.upper is not None or abs(figure.value) >= LARGEST:
            raise ValidationError(NO_NUMBER % {"example": EXAMPLE}, code="number")
        if figure.bound in self.refused:
            raise ValidationError(OTHER_WAY % {"typed": text}, code="bound")
        return Amount(text, figure.value, figure.unit, figure.bound in (Bound.MORE_THAN, Bound.LESS_THAN))


def _as_printed(text: str) -> str:
    for typed, printed in TYPED:
        text = typed.sub(printed, text)
    return text

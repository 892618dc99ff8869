"""How the platform says what it read: a figure or period in plain numbers, and an error in the reader's language."""

from functools import singledispatch

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengtai.values.figures import Bound, Figure
from fengtai.values.growths import Direction, Growth
from fengtai.values.periods import Kind, Period
from fengtai.values.texts import spelled

UNREAD = pgettext_lazy("a text kept as printed", "not read")
UNREAD_EXPLAINED = gettext_lazy("kept as printed, not understood, in no sum")
UNREAD_PERIOD_EXPLAINED = gettext_lazy("kept as printed, not understood, neither sorted nor filtered by")
SIGNS = {
    Bound.EXACT: "=",
    Bound.ABOUT: "≈",
    Bound.AT_LEAST: "≥",
    Bound.MORE_THAN: ">",
    Bound.NEARLY: "≲",
    Bound.AT_MOST: "≤",
    Bound.LESS_THAN: "<",
}


def explain(error) -> str:
    """A FigureError's or PeriodError's reason in the reader's language, naming the part not understood."""
    return _(error.message) % {"part": spelled(error.part), "units": getattr(error, "units", "")}


def value_in_words(field: models.Field, value) -> str:
    """What a field of a row says, or a form would have it say; links as the records that they lead to."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple | models.QuerySet):
        return _(", ").join(str(one) for one in value) or "—"
    label = dict(getattr(field, "flatchoices", ())).get(value, value)
    return str(label if label is not None else "") or "—"


@singledispatch
def describe(reading) -> str:
    """What was read: `≈ 350,000,000 元`, `2024-01-01 – 2024-06-30`."""
    return ""


@describe.register
def _figure(reading: Figure) -> str:
    if reading.is_unread:
        return str(UNREAD_EXPLAINED)
    if reading.value is None:
        return _("not given")
    number = _number(reading.value)
    if reading.bound == Bound.BETWEEN:
        return f"{number} – {_number(reading.upper)} {reading.unit}".strip()
    return f"{SIGNS[reading.bound]} {number} {reading.unit}".strip()


@describe.register
def _growth(reading: Growth) -> str:
    if reading.is_unread:
        return str(UNREAD_EXPLAINED)
    if reading.value is None:
        return _("not given")
    sign = "+" if reading.value > 0 and reading.direction == Direction.BY else ""
    bound = "" if reading.bound == Bound.EXACT else f"{SIGNS.get(reading.bound, '')} "
    upper = f" – {sign}{_number(reading.upper)}" if reading.upper is not None else ""
    change = f"{bound}{sign}{_number(reading.value)}{upper} {reading.unit}".strip()
    return change if reading.direction == Direction.BY else _("to %(level)s") % {"level": change}


@describe.register
def _period(reading: Period) -> str:
    if reading.is_unread:
        return str(UNREAD_PERIOD_EXPLAINED)
    if reading.kind == Kind.NOT_STATED:
        return _("not stated")
    if reading.start is None:
        return _("since a day that is not stated")
    if reading.start == reading.end:
        return reading.start.isoformat()
    return f"{reading.start} – {reading.end or ''}".strip()


def _number(value) -> str:
    return f"{value:,}"

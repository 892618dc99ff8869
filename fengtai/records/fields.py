"""Model fields that keep a text as printed, with what it says in companion columns beside it.

`area = FigureField()` adds `area_value`, `area_unit` and `area_bound`; `held = PeriodField()` adds `held_start`,
`held_end` and `held_kind`. The text alone is written; the companions follow it on every way of writing, so lists
sort and filter by them and can trust them.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fengtai.records.companions import CompanionChar, CompanionDate, CompanionDecimal
from fengtai.records.forms import LabelledFormField, PrintedFormField
from fengtai.records.readings import UNREAD, explain
from fengtai.values.figures import Bound, Figure, FigureError, parse_figure, unread_figure
from fengtai.values.fitting_units import require_unit
from fengtai.values.growths import Growth, parse_growth, unread_growth
from fengtai.values.labels import MONEY
from fengtai.values.periods import Kind, Period, PeriodError, parse_period, unread_period
from fengtai.values.texts import tidy, unbroken

BOUND_CHOICES = {
    Bound.EXACT: _("exact"),
    Bound.ABOUT: _("about"),
    Bound.AT_LEAST: _("at least"),
    Bound.MORE_THAN: _("more than"),
    Bound.NEARLY: _("nearly"),
    Bound.AT_MOST: _("at most"),
    Bound.LESS_THAN: _("less than"),
    Bound.BETWEEN: _("between"),
    Bound.NOT_GIVEN: _("not given"),
    Bound.UNREAD: UNREAD,
}
KIND_CHOICES = {
    Kind.YEAR: _("year"),
    Kind.HALF: _("half-year"),
    Kind.QUARTER: _("quarter"),
    Kind.MONTH: _("month"),
    Kind.DAY: _("day"),
    Kind.CUMULATIVE: _("cumulative from January"),
    Kind.POINT: _("point in time"),
    Kind.SINCE: _("since"),
    Kind.PLAN: _("five-year plan"),
    Kind.NOT_STATED: _("not stated"),
    Kind.UNREAD: UNREAD,
}
UNREAD_MARK = "[unread] "  # before a text in a fixture, which says so that it is kept without being read


class _PrintedText(DeferredAttribute):
    """Reads a text when it is assigned, so that nothing unreadable is ever held."""

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = self.field.assigned(value)


class Unreadable(ValidationError):
    """Nothing reads the text; a person may have it kept all the same (`PrintedField.keep`)."""


class PrintedField(models.CharField):
    """A text as printed, read by `read`; subclasses name the companion columns.

    A text that cannot be read is refused wherever it is assigned. `keep` makes a value of it on a person's word, which
    any way of writing takes: shown as printed, `unread` in its companions, in no sum and no filter.
    """

    descriptor_class = _PrintedText
    read = staticmethod(str)
    unread = staticmethod(str)  # the value that keeps a text without reading it
    refusal = ValueError

    def __init__(self, *args, companions=True, **kwargs):
        kwargs.setdefault("max_length", 100)
        self.companions = companions
        super().__init__(*args, **kwargs)

    def columns(self) -> dict[str, models.Field]:
        raise NotImplementedError

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not self.companions:
            return
        for part, column in self.columns().items():
            column.follows, column.part = name, part
            column.verbose_name = self._companion_label(part)
            cls.add_to_class(f"{name}_{part}", column)
        # Histories and migration states copy every column, companions included: copies add none of their own.
        self.companions = False

    def _companion_label(self, part: str):
        label = self.verbose_name or self.name
        return format_lazy("{field}{colon}{part}", field=label, colon=_(": "), part=PART_LABELS[part])

    def deconstruct(self):
        """Migrations see a plain text, so that no later move of this module can break them."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def clone(self):
        """As migration states copy it, which hold the companions as columns of their own."""
        _name, _path, args, kwargs = self.deconstruct()
        return models.CharField(*args, **kwargs)

    def companion_values(self, value) -> dict:
        """The companion columns that belong to a text, by column name."""
        reading = self.assigned(value)
        return {
            f"{self.name}_{part}": getattr(reading, part, column.get_default())
            for part, column in self.columns().items()
        }

    def to_python(self, value):
        """As a fixture says it: only there the mark keeps a text without a person's word."""
        if isinstance(value, str) and value.startswith(UNREAD_MARK):
            return self.keep(value.removeprefix(UNREAD_MARK))
        return self.assigned(value)

    def assigned(self, value):
        """As anybody types it, imports it or writes it in code."""
        try:
            return self.read(value)
        except self.refusal as error:
            raise Unreadable(explain(error), code=error.code) from error

    def keep(self, text: str):
        """What a text says; of one that nothing reads a value that holds it as printed. For a person's word only."""
        text = tidy(unbroken(text))
        if len(text) > self.max_length:
            told = _("Longer than %(longest)d characters.") % {"longest": self.max_length}
            raise ValidationError(told, code="max_length")
        return self.from_stored(text)

    def from_stored(self, text: str):
        """What a text says that was taken once: one that nothing reads any more is shown all the same."""
        try:
            return self.read(text)
        except self.refusal:
            return self.unread(text)

    def from_db_value(self, value, expression, connection):
        return self.from_stored(value)

    def get_prep_value(self, value):
        return "" if value is None else str(value)

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return f"{UNREAD_MARK if getattr(value, 'is_unread', False) else ''}{self.get_prep_value(value)}"

    def run_validators(self, value):
        super().run_validators(str(value or ""))

    def clean(self, value, model_instance):
        if not self.blank and not str(value or "").strip():
            raise ValidationError(self.error_messages["blank"], code="blank")
        return super().clean(value, model_instance)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PrintedFormField, "printed": self, **kwargs})


class FigureField(PrintedField):
    """A figure as printed (约3.5亿元), with `_value`, `_unit` and `_bound`; `units` lists those it may be in."""

    reading_kind = "figure"
    refusal = FigureError
    unread = staticmethod(unread_figure)

    def __init__(self, *args, units=(), **kwargs):
        self.units = tuple(units)
        super().__init__(*args, **kwargs)

    def read(self, value):
        if isinstance(value, Figure):
            return value
        if value is None or not str(value).strip():
            return None
        figure = parse_figure(value)
        require_unit(figure, self.units)
        return figure

    def columns(self):
        return {
            "value": CompanionDecimal(max_digits=30, decimal_places=8, null=True, blank=True, editable=False),
            "unit": CompanionChar(max_length=40, blank=True, editable=False),
            "bound": CompanionChar(max_length=20, blank=True, editable=False, choices=BOUND_CHOICES),
        }


class LabelledFigureField(FigureField):
    """A figure whose form takes it with what it is called before it, in the words of a grammar of labels."""

    def __init__(self, *args, labels=MONEY, **kwargs):
        self.labels = labels
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LabelledFormField, **kwargs})


class GrowthField(FigureField):
    """A growth as printed (下降2.1%, 增加13人), signed; stored as published and never computed from two levels."""

    reading_kind = "growth"
    unread = staticmethod(unread_growth)

    def read(self, value):
        if isinstance(value, Growth):
            return value
        if value is None or not str(value).strip():
            return None
        return parse_growth(value)


class PeriodField(PrintedField):
    """A period as printed (2024年上半年) with `_start`, `_end` and `_kind` beside it; blank is "not stated"."""

    reading_kind = "period"
    empty_values = [*PrintedField.empty_values, parse_period("")]
    refusal = PeriodError
    unread = staticmethod(unread_period)

    def read(self, value):
        return value if isinstance(value, Period) else parse_period(value)

    def columns(self):
        return {
            "start": CompanionDate(null=True, blank=True, editable=False),
            "end": CompanionDate(null=True, blank=True, editable=False),
            "kind": CompanionChar(max_length=20, default=Kind.NOT_STATED, editable=False, choices=KIND_CHOICES),
        }


PART_LABELS = {
    "value": _("number"),
    "unit": _("unit"),
    "bound": _("exactness"),
    "start": _("from"),
    "end": _("to"),
    "kind": _("kind of period"),
}

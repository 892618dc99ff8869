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
from fengtai.records.readings import explain
from fengtai.values.figures import Bound, Figure, FigureError, parse_figure
from fengtai.values.fitting_units import require_unit
from fengtai.values.growths import Growth, parse_growth
from fengtai.values.labels import MONEY
from fengtai.values.periods import Kind, Period, PeriodError, parse_period

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
}


class _PrintedText(DeferredAttribute):
    """Reads a text when it is assigned, so that nothing unreadable is ever held."""

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class PrintedField(models.CharField):
    """A text as printed, read by `read`; subclasses name the companion columns."""

    descriptor_class = _PrintedText
    read = staticmethod(str)
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
        reading = self.to_python(value)
        return {
            f"{self.name}_{part}": getattr(reading, part, column.get_default())
            for part, column in self.columns().items()
        }

    def to_python(self, value):
        try:
            return self.read(value)
        except self.refusal as error:
            raise ValidationError(explain(error), code=error.code) from error

    def from_db_value(self, value, expression, connection):
        """A stored text that is not read any more is shown all the same: a page never fails over it."""
        try:
            return self.read(value)
        except self.refusal:
            return self.unread(value)

    def is_unread(self, value) -> bool:
        """Whether what is held is a stored text that is not read: shown as printed, and in no filter or sum."""
        try:
            self.read("" if value is None else str(value))  # a period that is not stated is false
        except self.refusal:
            return True
        return False

    def get_prep_value(self, value):
        return "" if value is None else str(value)

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

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

    def unread(self, text):
        return Figure(text, None, "", Bound.NOT_GIVEN)

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

    def read(self, value):
        return value if isinstance(value, Period) else parse_period(value)

    def unread(self, text):
        return Period(text, Kind.NOT_STATED, None, None)

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

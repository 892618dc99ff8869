"""Questions that are typed: words to look for, figures of at least or at most so much, periods, days."""

import unicodedata
from datetime import date
from typing import ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.lists.amounts import AmountFormField
from fengtai.records.readings import explain
from fengtai.search.query import SearchError, parse
from fengtai.values.english_questions import period_in_chinese
from fengtai.values.figures import Bound
from fengtai.values.periods import Kind, PeriodError, parse_period

REFUSED_SEARCHES = {
    "empty": _("Type letters, digits or Chinese characters to look for."),
    "many": _("Too many words: at most ten can be looked for at once."),
}
LONGEST = 200  # characters of one parameter
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


class SearchFormField(forms.CharField):
    """Words to look for; a text without any is a mistake, not a question that everything answers."""

    def clean(self, value):
        text = super().clean(value)
        try:
            return parse(text) if text else None
        except SearchError as error:
            raise ValidationError(REFUSED_SEARCHES[error.code], code=error.code) from error


class SearchFilter(django_filters.Filter):
    """Every word typed must stand in the row's own texts or in those that the list's `searched` links to."""

    field_class = SearchFormField

    def __init__(self, **kwargs):
        super().__init__(label=_("Search"), max_length=LONGEST, **kwargs)
        self.extra["widget"] = forms.TextInput({"type": "search", "maxlength": LONGEST})

    def filter(self, queryset, value):
        if not value:
            return queryset
        if self.parent.within is not None:
            return self.parent.finder.holding(queryset, value, self.parent.within)
        return self.parent.finder.find(queryset, value, bounded=self.parent.bounded)


class LeastFilter(django_filters.Filter):
    """Figures of at least so much, as people write it (1000亿, 5000万元以上), in the unit that is written with it."""

    field_class = AmountFormField
    compared, beyond = "gte", Bound.MORE_THAN
    refused = frozenset({Bound.AT_MOST, Bound.LESS_THAN})

    def __init__(self, field_name: str, **kwargs):
        self.figure = field_name
        widget = forms.TextInput({"type": "number"})  # the page types it as text, with digits at hand
        super().__init__(field_name=f"{field_name}_value", refused=self.refused, widget=widget, **kwargs)

    def filter(self, queryset, value):
        if value is None:
            return queryset
        unit = {f"{self.figure}_unit": value.unit} if value.unit else {}
        answering = Q(**{f"{self.field_name}__{self.compared}": value.value})
        if value.beyond:  # 58家 is not more than 58家, a figure printed 超58家 is
            answering &= ~Q(**{self.field_name: value.value}) | Q(**{f"{self.figure}_bound": self.beyond})
        return queryset.filter(answering, **unit)

    @property
    def units(self) -> tuple[str, ...]:
        """Those in which the figures are kept; none where that may be any."""
        return tuple(self.model._meta.get_field(self.figure).units)

    def begins(self, other: "LeastFilter") -> bool:
        """Whether this is the lower end of the range of which the other is the upper."""
        return (self.figure, self.compared, other.compared) == (other.figure, "gte", "lte")


class MostFilter(LeastFilter):
    """Figures of at most so much."""

    compared, beyond = "lte", Bound.LESS_THAN
    refused = frozenset({Bound.AT_LEAST, Bound.MORE_THAN})


class PeriodFormField(forms.CharField):
    def to_python(self, value):
        text = super().to_python(value)
        try:
            return parse_period(period_in_chinese(text) or text) if text else None
        except PeriodError as error:
            raise ValidationError(explain(error), code=error.code) from error


class PeriodFilter(django_filters.Filter):
    """Records whose period touches the one typed: 2024年上半年, Q1 2024, 2024-04-23; 未写明 asks for those without."""

    field_class = PeriodFormField

    def filter(self, queryset, value):
        if value is None:
            return queryset
        start, end = f"{self.field_name}_start", f"{self.field_name}_end"
        if not value.start:
            return queryset.filter(**{f"{self.field_name}_kind": "not_stated"})
        begun = {f"{start}__lte": value.end} if value.end else {}
        open_ended = Q(**{end: None}) & ~Q(**{start: None})
        return queryset.filter(Q(**{f"{end}__gte": value.start}) | open_ended, **begun)


class DayFormField(forms.DateField):
    """A day that either database can compare, as a form or as a source writes it: 2024-04-23, 2024年4月23日."""

    default_error_messages: ClassVar = {"invalid": _("Write a day, such as 2024-04-23.")}

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            day = self._printed(str(value))
            if day is None:
                raise
            return day

    @staticmethod
    def _printed(text: str) -> date | None:
        try:
            period = parse_period(period_in_chinese(text) or text)
        except PeriodError:
            return None
        return period.start if period.kind == Kind.DAY else None

    def clean(self, value):
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("A day between 1900 and 2200."), code="out_of_range")
        return day


class DayFilter(django_filters.DateFilter):
    field_class = DayFormField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=forms.DateInput({"type": "date"}), **kwargs)


def unreadable(text: str, longest: int = LONGEST) -> str:
    """Why a parameter cannot be taken at all; empty if it can."""
    if len(text) > longest:
        return gettext("Longer than %(longest)d characters.") % {"longest": longest}
    if any(char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cs", "Cn") for char in text):
        return gettext("Holds a character that is not text.")
    return ""

"""The questions a list can be asked, each with how many rows every answer would leave."""

import unicodedata
from collections.abc import Iterable
from functools import cache, cached_property

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.finding import Finder, relevance
from fengtai.links import NOT_STATED
from fengtai.models import Source
from fengtai.periods import PeriodError, parse_period
from fengtai.readings import explain
from fengtai.search import SearchError, parse

REFUSED_SEARCHES = {
    "empty": _("Type letters, digits or Chinese characters to look for."),
    "many": _("Too many words: at most ten can be looked for at once."),
}
UNSTATED = "not-stated"
LONGEST = 200  # characters of one parameter


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
        return self.parent.finder.find(queryset, value, bounded=self.parent.bounded) if value else queryset


class ChoiceFilter(django_filters.ChoiceFilter):
    """A choice of the model, by its code; what is not stated is a choice too."""

    def __init__(self, *args, blank=True, **kwargs):
        kwargs.setdefault("empty_label", _("all"))
        if blank:
            kwargs |= {"null_label": NOT_STATED, "null_value": UNSTATED}
        super().__init__(*args, **kwargs)

    def filter(self, queryset, value):
        return super().filter(queryset, value) if value != UNSTATED else queryset.filter(**{self.field_name: ""})

    def counts(self, queryset) -> dict:
        return counts_by(queryset, self.field_name)


class RecordFilter(django_filters.ModelChoiceFilter):
    """A linked record, among the public ones; no link is a choice too."""

    def __init__(self, *args, rows, blank=True, **kwargs):
        kwargs.setdefault("empty_label", _("all"))
        if blank:
            kwargs |= {"null_label": NOT_STATED, "null_value": UNSTATED}
        super().__init__(*args, queryset=lambda request: rows(), distinct=True, **kwargs)

    def counts(self, queryset) -> dict:
        key = self.extra.get("to_field_name")
        return counts_by(queryset, f"{self.field_name}__{key}" if key else self.field_name)


class DoubtFilter(django_filters.ChoiceFilter):
    """Records that something is uncertain about."""

    def __init__(self):
        choices = [("yes", _("to be checked")), ("no", _("nothing doubtful"))]
        super().__init__(label=_("Doubt"), choices=choices, empty_label=_("all"))

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.exclude(doubt="") if value == "yes" else queryset.filter(doubt="")

    def counts(self, queryset):
        doubtful = queryset.exclude(doubt="").order_by().values("pk").distinct().count()
        return {"yes": doubtful, "no": queryset.order_by().values("pk").distinct().count() - doubtful}


class LeastFilter(django_filters.NumberFilter):
    """Figures of at least so much, in their base unit."""

    def __init__(self, field_name: str, **kwargs):
        super().__init__(field_name=f"{field_name}_value", lookup_expr="gte", max_digits=20, decimal_places=4, **kwargs)


class MostFilter(django_filters.NumberFilter):
    """Figures of at most so much, in their base unit."""

    def __init__(self, field_name: str, **kwargs):
        super().__init__(field_name=f"{field_name}_value", lookup_expr="lte", max_digits=20, decimal_places=4, **kwargs)


class PeriodFormField(forms.CharField):
    def to_python(self, value):
        text = super().to_python(value)
        try:
            return parse_period(text) if text else None
        except PeriodError as error:
            raise ValidationError(explain(error), code=error.code) from error


class PeriodFilter(django_filters.Filter):
    """Records whose period touches the one typed: 2023, 2024年上半年, 2024-04-23; 未写明 asks for those without."""

    field_class = PeriodFormField

    def filter(self, queryset, value):
        if not value:
            return queryset
        start, end = f"{self.field_name}_start", f"{self.field_name}_end"
        if not value.start:
            return queryset.filter(**{f"{self.field_name}_kind": "not_stated"})
        begun = {f"{start}__lte": value.end} if value.end else {}
        open_ended = Q(**{end: None}) & ~Q(**{start: None})
        return queryset.filter(Q(**{f"{end}__gte": value.start}) | open_ended, **begun)


class ListFilter(django_filters.FilterSet):
    """The questions of one list. The search box looks through the model's own texts; `searched` adds linked rows.

    `ranked` is the path of the name's sort key, by which what was found is put in order.
    """

    searched: Iterable[str] = ()
    ranked = "sort_key"
    bounded = True  # a page shows the first of very many rows; a file holds them all

    q = SearchFilter()
    source = RecordFilter(
        field_name="citations__source", rows=lambda: Source.objects.public(), label=_("Source"), blank=False
    )
    doubt = DoubtFilter()

    def __init__(self, data, *, queryset, offered: bool = False):
        """Only the filters that are asked are made; copying all of them, for the form that offers them, is dear."""
        if not offered:
            self.base_filters = {name: question for name, question in self.base_filters.items() if name in data}
        super().__init__(data, queryset)

    @classmethod
    @cache
    def declared(cls) -> dict:
        """The filters by parameter name, the list's own before those of every list."""
        common = ListFilter.base_filters
        names = ["q", *(name for name in cls.base_filters if name not in common), *(n for n in common if n != "q")]
        return {name: cls.base_filters[name] for name in names}

    @cached_property
    def finder(self) -> Finder:
        return Finder(self.queryset.model, self.searched)

    @property
    def looked_for(self):
        """The words typed in the search box, read; None where there are none or they cannot be looked for."""
        return self.form.cleaned_data.get("q") if "q" in self.filters and self.is_valid() else None

    @property
    def order(self) -> tuple[str, ...]:
        """What was looked for comes by relevance, then by name; other lists in the order of their model."""
        return ("relevance", self.ranked) if self.looked_for else self.queryset.model._meta.ordering

    @property
    def errors(self):
        return self.form.errors if self.filters else {}

    def filter_queryset(self, queryset):
        if not self.filters:
            return queryset
        rows = self._without(queryset, "")
        return rows.annotate(relevance=relevance(self.looked_for, self.ranked)) if self.looked_for else rows

    def facets(self, rows) -> dict[str, dict]:
        """For each choice filter, how many rows every choice would leave under the other filters."""
        if not self.is_valid():
            return {}
        return {
            name: choice.counts(self._without(rows, name))
            for name, choice in self.filters.items()
            if hasattr(choice, "counts")
        }

    def _without(self, rows, name: str):
        """Rows under all filters but one; words come last, since they are looked for among what the others leave."""
        for other, value in sorted(self.form.cleaned_data.items(), key=lambda item: item[0] == "q"):
            if other != name:
                rows = self.filters[other].filter(rows, value)
        return rows


class SourceFilter(ListFilter):
    kind = ChoiceFilter(choices=Source.Kind.choices, label=_("Kind"), blank=False)
    published = PeriodFilter(field_name="published", label=_("Published in"))


def counts_by(queryset, path: str) -> dict:
    """Rows per value of a column, each row once."""
    rows = queryset.order_by().values_list(path).annotate(rows=Count("pk", distinct=True))
    return {str(value) if value not in (None, "") else UNSTATED: count for value, count in rows}


def unreadable(text: str) -> str:
    """Why a parameter cannot be taken at all; empty if it can."""
    if len(text) > LONGEST:
        return gettext("Longer than %(longest)d characters.") % {"longest": LONGEST}
    if any(char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cs", "Cn") for char in text):
        return gettext("Holds a character that is not text.")
    return ""

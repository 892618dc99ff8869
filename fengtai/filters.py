"""The questions a list can be asked, each with how many rows every answer would leave."""

import unicodedata
from collections.abc import Iterable

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.columns import NOT_STATED
from fengtai.models import Source
from fengtai.periods import PeriodError, parse_period
from fengtai.readings import explain

UNSTATED = "not-stated"
LONGEST = 200  # characters of one parameter


class SearchFilter(django_filters.CharFilter):
    """Every word typed must stand in one of the texts that the list's `searched` names."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Search"), max_length=LONGEST, **kwargs)
        self.extra["widget"] = forms.TextInput({"type": "search", "maxlength": LONGEST})

    def filter(self, queryset, value):
        for word in unicodedata.normalize("NFKC", value or "").split():
            found = Q()
            for path in self.parent.searched:
                found |= Q(**{f"{path}__icontains": word})
            queryset = queryset.filter(pk__in=queryset.model.objects.filter(found).values("pk"))
        return queryset


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
    """The questions of one list. `searched` names the texts that the search box looks through."""

    searched: Iterable[str] = ()

    q = SearchFilter()
    source = RecordFilter(
        field_name="citations__source", rows=lambda: Source.objects.public(), label=_("Source"), blank=False
    )
    doubt = DoubtFilter()

    @classmethod
    def declared(cls) -> dict:
        """The filters by parameter name, the list's own before those of every list."""
        common = ListFilter.base_filters
        names = ["q", *(name for name in cls.base_filters if name not in common), *(n for n in common if n != "q")]
        return {name: cls.base_filters[name] for name in names}

    def facets(self, rows) -> dict[str, dict]:
        """For each choice filter, how many rows every choice would leave under the other filters."""
        return {
            name: choice.counts(self._without(rows, name))
            for name, choice in self.filters.items()
            if hasattr(choice, "counts")
        }

    def _without(self, rows, name: str):
        for other, value in self.form.cleaned_data.items():
            if other != name:
                rows = self.filters[other].filter(rows, value)
        return rows


class SourceFilter(ListFilter):
    kind = ChoiceFilter(choices=Source.Kind.choices, label=_("Kind"), blank=False)
    published = PeriodFilter(field_name="published", label=_("Published in"))

    searched = ("title", "publisher", "number")


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

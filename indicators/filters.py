"""The questions of the list of published figures."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from fengtai.lists.choices import ChoiceFilter
from fengtai.lists.filters import ListFilter
from fengtai.lists.linked_record_choices import LinkFilter, RecordFilter
from fengtai.lists.value_filters import LeastFilter, MostFilter, PeriodFilter
from fengtai.records.fields import BOUND_CHOICES, KIND_CHOICES
from indicators.models import Indicator, Observation, Scope


def scopes_shown():
    """Scopes have no publication: one of which no public figure speaks is nobody's to know of."""
    return Scope.objects.filter(Exists(Observation.objects.public().filter(scope=OuterRef("pk"))))


def indicators():
    return Indicator.objects.public()


class IndicatorFilter(ListFilter):
    category = ChoiceFilter(choices=Indicator.Category.choices, label=_("Category"))
    nature = ChoiceFilter(choices=Indicator.Nature.choices, label=_("Nature"))
    frequency = ChoiceFilter(choices=Indicator.Frequency.choices, label=_("Frequency"))
    part_of = LinkFilter(field_name="part_of", rows=indicators, to_field_name="code", label=_("part of"))


class ObservationFilter(ListFilter):
    indicator = RecordFilter(rows=indicators, to_field_name="code", label=_("Indicator"), blank=False)
    category = ChoiceFilter(field_name="indicator__category", choices=Indicator.Category.choices, label=_("Category"))
    scope = RecordFilter(rows=scopes_shown, label=_("Scope"), blank=False)
    period = PeriodFilter(field_name="period", label=_("Period"))
    period_kind = ChoiceFilter(choices=list(KIND_CHOICES.items()), label=_("Kind of period"), blank=False)
    exactness = ChoiceFilter(field_name="value_bound", choices=list(BOUND_CHOICES.items()), label=_("Exactness"))
    vintage = ChoiceFilter(choices=Observation.Vintage.choices, label=_("Vintage"))
    value_min = LeastFilter(
        "value", label=_("Value, at least"), help_text=_("With its unit, such as CNY 100 billion or 1000亿元.")
    )
    value_max = MostFilter("value", label=_("Value, at most"))

    searched = ("indicator", "scope")
    ranked = "indicator__sort_key"

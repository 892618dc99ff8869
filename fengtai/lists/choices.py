"""Questions with choices, and how many rows each choice would leave.

A choice that few rows hold is answered by their keys; of one that many hold, rows are read in the order of the list and
checked one by one until the page is full. Of many rows no count looks at more than the first
`paging.FEW` holders of a choice.
"""

from dataclasses import dataclass

import django_filters
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from fengtai.lists.held_choices import UNSTATED, HeldChoices, among
from fengtai.records.links import NOT_STATED


@dataclass(frozen=True)
class Rows:
    """How many rows a choice leaves; `more` where not all of them were looked at."""

    count: int
    more: bool = False

    def __str__(self):
        if self.more:
            return f"{self.count:,}+" if self.count else ""
        return f"{self.count:,}"


class Choices(HeldChoices):
    """A question with choices; what is not stated is one of them unless `blank` is False."""

    def __init__(self, *args, blank=True, **kwargs):
        kwargs.setdefault("empty_label", _("all"))
        if blank:
            kwargs |= {"null_label": NOT_STATED, "null_value": UNSTATED}
        super().__init__(*args, **kwargs)

    @property
    def unstated(self) -> dict:
        return {UNSTATED: UNSTATED} if self.extra.get("null_label") else {}

    def options(self) -> dict[str, object]:
        """By its code, what each choice asks `filter` for."""
        raise NotImplementedError

    def count(self, rows) -> dict[str, int]:
        """Of a few rows, how many hold each choice."""
        raise NotImplementedError

    def holding(self, value):
        """All rows that hold a choice, public or not."""
        return self.filter(self.model._base_manager.order_by(), value)

    def holders_of(self, value):
        """The key of each row that holds a choice, as `holder`."""
        return self.holding(value).order_by().values(holder=F("pk"))

    def counts(self, keys: frozenset[int], more: bool) -> dict[str, Rows]:
        """Of few rows, given by their keys, how many hold each choice; `more` tells that they are not all."""
        counted = self.count(self.model._base_manager.filter(pk__among=keys)) if keys else {}
        return {code: Rows(counted.get(code, 0), more) for code in self.options()}


class ChoiceFilter(Choices, django_filters.ChoiceFilter):
    """A choice of the model, by its code."""

    def filter(self, queryset, value):
        return super().filter(queryset, value) if value != UNSTATED else queryset.filter(**{self.field_name: ""})

    def options(self):
        return {str(code): str(code) for code, _label in self.extra["choices"]} | self.unstated

    def pairs(self, keys):
        rows = self.model._base_manager.order_by().exclude(**{self.field_name: ""})
        return ((key, code) for key, code in among(rows, keys).values_list("pk", self.field_name) if code)

    def count(self, rows):
        found = rows.order_by().values_list(self.field_name).annotate(Count("pk"))
        return {value or UNSTATED: count for value, count in found}


class DoubtFilter(Choices, django_filters.ChoiceFilter):
    """Records that something is uncertain about."""

    def __init__(self):
        choices = [("yes", _("to be checked")), ("no", _("nothing doubtful"))]
        super().__init__(label=_("Doubt"), choices=choices, blank=False)

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(Q(doubt__gt="") if value == "yes" else Q(doubt=""))

    def options(self):
        return {"yes": "yes", "no": "no"}

    def pairs(self, keys):
        """The doubtful rows; what is not doubtful states nothing."""
        rows = self.model._base_manager.order_by().filter(doubt__gt="")
        return ((key, "yes") for key in among(rows, keys).values_list("pk", flat=True))

    def code(self, value):
        return UNSTATED if value == "no" else value

    def count(self, rows):
        doubtful = rows.order_by().filter(doubt__gt="").count()
        return {"yes": doubtful, "no": rows.order_by().values("pk").count() - doubtful}

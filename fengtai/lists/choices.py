"""Questions with choices, and how many rows each choice would leave.

A choice that few rows hold is answered by their keys; of one that many hold, rows are read in the order of the list and
checked one by one until the page is full. Of many rows no count looks at more than the first
`paging.few()` holders of a choice.
"""

from dataclasses import dataclass

import django_filters
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from fengtai.caching.store import remembered
from fengtai.lists import paging
from fengtai.records.links import NOT_STATED

UNSTATED = "not-stated"


@dataclass(frozen=True)
class Rows:
    """How many rows a choice leaves; `more` where not all of them were looked at."""

    count: int
    more: bool = False

    def __str__(self):
        if self.count > paging.COUNTED:
            return paging.count_label(self.count)
        return f"{self.count or ''}{'+' if self.count else ''}" if self.more else str(self.count)


class Choices:
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

    def holders(self, value) -> tuple[frozenset[int], bool]:
        """The keys of the first rows that hold a choice, and whether there are more; looked up once for each write."""

        def look() -> tuple[frozenset[int], bool]:
            keys = list(self.holding(value).values_list("pk", flat=True)[: paging.few()])
            return frozenset(keys), len(keys) == paging.few()

        asked = (type(self).__name__, self.model._meta.label, self.field_name, self.parent.staff)
        return remembered(f"holders:{asked}:{getattr(value, 'pk', value)}", look)

    def counts(self, rows, keys: frozenset[int] | None, more: bool) -> dict[str, Rows]:
        """How many rows each choice leaves: of few rows, given by their keys, exactly; else among its first holders.

        `more` tells that the keys are not those of all rows.
        """
        if keys is not None and len(keys) < paging.few():
            counted = self.count(self.model._base_manager.filter(pk__among=keys)) if keys else {}
            return {code: Rows(counted.get(code, 0), more) for code in self.options()}
        return {code: self._among_holders(rows, value) for code, value in self.options().items()}

    def _among_holders(self, rows, value) -> Rows:
        keys, more = self.holders(value)
        return Rows(rows.order_by().filter(pk__among=keys).count() if keys else 0, more)


class ChoiceFilter(Choices, django_filters.ChoiceFilter):
    """A choice of the model, by its code."""

    def filter(self, queryset, value):
        return super().filter(queryset, value) if value != UNSTATED else queryset.filter(**{self.field_name: ""})

    def options(self):
        return {str(code): str(code) for code, _label in self.extra["choices"]} | self.unstated

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

    def count(self, rows):
        doubtful = rows.order_by().filter(doubt__gt="").count()
        return {"yes": doubtful, "no": rows.order_by().values("pk").count() - doubtful}

"""Questions with choices, and how many rows each choice would leave.

A choice that few rows hold is answered by their keys; of one that many hold, rows are read in their order and each is
looked at, until the page is full. Of many rows no count looks at more than the first FEW holders of a choice.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import django_filters
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from fengtai.caching.store import remembered
from fengtai.lists.finding import linked_model, seen
from fengtai.lists.paging import COUNTED, count_label
from fengtai.records.links import NOT_STATED
from fengtai.records.models import Record

UNSTATED = "not-stated"
FEW = 2 * COUNTED  # rows whose keys are written into a statement
OFFERED = 100  # records that a form offers to choose from


@dataclass(frozen=True)
class Rows:
    """How many rows a choice leaves; `more` where not all of them were looked at."""

    count: int
    more: bool = False

    def __str__(self):
        if self.count > COUNTED:
            return count_label(self.count)
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
            keys = list(self.holding(value).values_list("pk", flat=True)[:FEW])
            return frozenset(keys), len(keys) == FEW

        code = getattr(value, "pk", value)
        return remembered(f"holders:{self.model._meta.label}:{self.field_name}:{code}", look)

    def counts(self, rows, keys: frozenset[int] | None, more: bool) -> dict[str, Rows]:
        """How many rows each choice leaves: of few rows, given by their keys, exactly; else among its first holders.

        `more` tells that the keys are not those of all rows.
        """
        if keys is not None and len(keys) < FEW:
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


class OfferedRecords(ModelChoiceIterator):
    """What a form shows of the records; every other public one may be asked for as well."""

    def __iter__(self):
        yield "", self.field.empty_label
        if self.field.null_label is not None:
            yield self.field.null_value, self.field.null_label
        yield from map(self.choice, self.field.offered())


class RecordField(ModelChoiceField):
    iterator = OfferedRecords

    def __init__(self, *args, offered, **kwargs):
        self.offered = offered
        super().__init__(*args, **kwargs)


class RecordFilter(Choices, django_filters.ModelChoiceFilter):
    """A linked record, among the public ones; what is not public links nothing."""

    field_class = RecordField

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, queryset=lambda request: rows(), **kwargs)

    @property
    def field(self):
        self.extra["offered"] = lambda: self._offered
        return super().field

    @cached_property
    def _offered(self) -> list:
        """The records to choose from: of very many, the first of those that rows are linked to."""
        records = self.get_queryset(None)
        found = list(records[: OFFERED + 1])
        if len(found) > OFFERED:
            found = list(records.filter(Exists(self._linked(**{self.field_name: OuterRef("pk")})))[:OFFERED])
        return found

    def filter(self, queryset, value):
        if not value:
            return queryset
        if not self._through_many:
            asked = Q(**{self.field_name: None if value == UNSTATED else value})
            return queryset.filter(asked | self._hidden if value == UNSTATED else asked)
        if value == UNSTATED:
            return queryset.filter(~Exists(self._linked(pk=OuterRef("pk"))))
        keys, more = self.holders(value)
        if not more:
            return queryset.filter(pk__among=keys)
        if self.parent.gathered:
            return queryset.filter(pk__in=self._linked(**{self.field_name: value}).values("pk"))
        return queryset.filter(Exists(self._linked(pk=OuterRef("pk"), **{self.field_name: value})))

    @cached_property
    def _through_many(self) -> bool:
        field = self.model._meta.get_field(self.field_name.split("__")[0])
        return bool(field.one_to_many or field.many_to_many)

    @cached_property
    def _hidden(self) -> Q:
        """Rows whose link the public may not know of: pages show none. Few records are hidden, and mostly none is."""
        target = linked_model(self.model, self.field_name)
        if not issubclass(target, Record):
            return Q()
        keys = list(target._base_manager.order_by().exclude(target.public_condition()).values_list("pk", flat=True))
        return Q(**{f"{self.field_name}__in": keys}) if keys else Q()

    def _linked(self, **asked):
        """Rows with a link that the public may know of."""
        some = {f"{self.field_name}__isnull": False}
        return self.model._base_manager.order_by().filter(seen(self.model, self.field_name), **some, **asked)

    def holding(self, value):
        if not self._through_many or value == UNSTATED:
            return super().holding(value)
        return self._linked(**{self.field_name: value})

    def options(self):
        key = self.extra.get("to_field_name") or "pk"
        return {str(getattr(record, key)): record for record in self._offered} | self.unstated

    def count(self, rows):
        """In Python, since a row may hold several choices, and one of them through several links."""
        path = f"{self.field_name}__{self.extra['to_field_name']}" if "to_field_name" in self.extra else self.field_name
        if self._through_many:
            linked = self._linked(pk__in=rows.order_by().values("pk"))
        else:
            linked = rows.order_by().exclude(Q(**{self.field_name: None}) | self._hidden)
        held = set(linked.values_list("pk", path))
        holders = {pk for pk, _choice in held}
        return {
            **Counter(str(choice) for _pk, choice in held),
            UNSTATED: rows.order_by().values("pk").count() - len(holders),
        }


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

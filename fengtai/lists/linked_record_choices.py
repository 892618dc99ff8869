"""The question for a linked record: which records are offered, and which rows hold each of them."""

from collections import Counter
from functools import cached_property

import django_filters
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from fengtai.lists.choices import UNSTATED, Choices
from fengtai.lists.many_columns import rows_and_owner
from fengtai.records.as_indexed import hidden_rows
from fengtai.records.doors import Shown, expanded, public_links, seen
from fengtai.records.models import Record
from fengtai.records.paths import linked_model

OFFERED = 100  # records that a form offers to choose from


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
    """A linked record, among the public ones; what is not public links nothing. Staff are offered all records."""

    field_class = RecordField

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, queryset=lambda request: rows(), **kwargs)

    def get_queryset(self, request):
        records = super().get_queryset(request)
        return records.model.objects.all() if self.parent.staff else records

    @cached_property
    def asks_for(self) -> type[Record] | None:
        """The model whose records are asked for by their keys; None where a name of theirs is asked for."""
        return None if "to_field_name" in self.extra else self.queryset(None).model

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
            found = list(records.filter(Exists(self._linked(**{self.path: OuterRef("pk")})))[:OFFERED])
        return found

    def filter(self, queryset, value):
        if not value:
            return queryset
        if not self._through_many:
            asked = Q(**{self.path: None if value == UNSTATED else value})
            return queryset.filter(asked | self._hidden if value == UNSTATED else asked)
        if value == UNSTATED:
            return queryset.filter(~Exists(self._any_link()))
        if self.parent.within is not None:
            return queryset.filter(Exists(self._linked(pk=OuterRef("pk"), **{self.path: value})))
        keys, more = self.holders(value)
        if not more:
            return queryset.filter(pk__among=keys)
        if self.parent.gathered:
            return queryset.filter(pk__in=self._linked(**{self.path: value}).values("pk"))
        return queryset.filter(Exists(self._linked(pk=OuterRef("pk"), **{self.path: value})))

    def _any_link(self):
        """The links of the row at hand that whoever asks may know of."""
        if not self.parent.staff:
            return self._linked(pk=OuterRef("pk"))
        rows, owner, end = self._link_rows
        return rows.order_by().filter(**{owner: OuterRef("pk"), f"{end}__isnull": False})

    @cached_property
    def path(self) -> str:
        return expanded(self.model, self.field_name)

    @cached_property
    def _through_many(self) -> bool:
        field = self.model._meta.get_field(self.path.split("__")[0])
        return bool(field.one_to_many or field.many_to_many)

    @cached_property
    def _hidden(self) -> Q:
        """Rows whose link the public may not know of: pages show none. Few records are hidden, and mostly none is."""
        target = linked_model(self.model, self.path)
        hides = issubclass(target, Shown) and not self.parent.staff
        condition = target.public_condition() if hides else Q()
        if not condition:
            return Q()
        if issubclass(target, Record) and not public_links(target):
            hidden = hidden_rows(target)
        else:
            hidden = [target._base_manager.order_by().exclude(condition)]
        keys = [key for rows in hidden for key in rows.values_list("pk", flat=True)]
        return Q(**{f"{self.path}__in": keys}) if keys else Q()

    def _linked(self, **asked):
        """Rows with a link that whoever asks may know of."""
        known = Q() if self.parent.staff else seen(self.model, self.path)
        some = {f"{self.path}__isnull": False}
        return self.model._base_manager.order_by().filter(known, self.counting(), **some, **asked)

    def counting(self) -> Q:
        """Which links count, where not all of them do."""
        return Q()

    def holding(self, value):
        if not self._through_many or value == UNSTATED:
            return super().holding(value)
        return self._linked(**{self.path: value})

    def holders_of(self, value):
        if not self._through_many or value == UNSTATED:
            return super().holders_of(value)
        if not self.parent.staff:
            return super().holders_of(value).distinct()
        rows, owner, end = self._link_rows
        return rows.order_by().filter(**{end: value}).values(holder=F(owner)).distinct()

    @cached_property
    def _link_rows(self):
        """The rows that link: of them themselves, the column that names their owner, and the path to what is linked.

        Where nothing is hidden nobody need look at the rows at either end.
        """
        first, _separator, rest = self.path.partition("__")
        field = self.model._meta.get_field(first)
        if isinstance(field, GenericRelation):
            kind = ContentType.objects.get_for_model(self.model)
            rows = field.related_model._base_manager.filter(**{field.content_type_field_name: kind})
            return rows, field.object_id_field_name, rest
        rows, owner, end = rows_and_owner(field)
        return rows._base_manager.all(), owner, "__".join(filter(None, (end, rest)))

    def pairs(self, keys):
        path = f"{self.path}__{self.extra['to_field_name']}" if "to_field_name" in self.extra else self.path
        within = {"pk__among": keys} if keys is not None else {}
        if self._through_many:
            return self._linked(**within).values_list("pk", path)
        rows = self.model._base_manager.order_by().filter(**within)
        hidden = type(self)._hidden.func(self)  # asked anew, so that it is part of what is kept
        return rows.exclude(Q(**{self.path: None}) | hidden).values_list("pk", path)

    def options(self):
        key = self.extra.get("to_field_name") or "pk"
        return {str(getattr(record, key)): record for record in self._offered} | self.unstated

    def count(self, rows):
        """In Python, since a row may hold several choices, and one of them through several links."""
        path = f"{self.path}__{self.extra['to_field_name']}" if "to_field_name" in self.extra else self.path
        if self._through_many:
            linked = self._linked(pk__in=rows.order_by().values("pk"))
        else:
            linked = rows.order_by().exclude(Q(**{self.path: None}) | self._hidden)
        held = set(linked.values_list("pk", path))
        holders = {pk for pk, _choice in held}
        return {
            **Counter(str(choice) for _pk, choice in held),
            UNSTATED: rows.order_by().values("pk").count() - len(holders),
        }


class LinkFilter(RecordFilter):
    """Rows linked to one record, as the record's own page asks for them. The form offers no others to choose from."""

    _offered = ()
    tells_held = False  # of very many choices one is asked for now and then
    on_request = True  # the form asks it where the address does

    def __init__(self, *args, **kwargs):
        super().__init__(*args, blank=False, **kwargs)

    def options(self):
        return {}

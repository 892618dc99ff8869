"""The records offered to choose from as their names are typed: the best answers first, and twins told apart."""

from collections import Counter

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.paginator import Paginator
from django.db.models import BooleanField
from django.utils.functional import cached_property

from fengtai.admin.listing.searching import Searching
from fengtai.admin.their_forms import kept_at, theirs_first
from fengtai.lists import paging
from fengtai.lists.staff_tables import LAST, STATES
from fengtai.records.models import Record


class FirstPages(Paginator):
    """Nobody scrolls through more than are counted: more letters are typed."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[: paging.NUMBERED].count()


class OfferedRecords(AutocompleteJsonView):
    paginator_class = FirstPages

    def get_paginator(self, *args, **kwargs):
        return self.paginator_class(*args, **kwargs)

    def get_queryset(self):
        page = self.model_admin
        if not self.term.strip() and (own := kept_at(self.request.user, self.source_field)):
            return theirs_first(super().get_queryset(), own)
        if not isinstance(page, Searching) or not page.is_indexed or not self.term.strip():
            return super().get_queryset()
        rows = page.get_queryset(self.request).complex_filter(self.source_field.get_limit_choices_to())
        return page.offered(rows, self.term)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        labels = Counter(map(str, context["object_list"]))
        self.twins = {label for label, count in labels.items() if count > 1}
        return context

    def serialize_result(self, obj, to_field_name):
        said = super().serialize_result(obj, to_field_name)
        if said["text"] in self.twins:
            said["text"] += f"（{' · '.join(self._told_apart(obj))}）"
        return said

    def _told_apart(self, record) -> list[str]:
        """What the list of staff says of the record, whether it is public, and its number."""
        named = getattr(record, "label_paths", ())
        columns = {field.name: field for field in record._meta.concrete_fields if field.name not in named}
        said = [_shown(record, columns[name]) for name in self._names() if name in columns]
        state = [record.publication_in_words] if isinstance(record, Record) and not record.is_released else []
        return [*filter(None, said), *state, f"#{record.pk}"]

    def _names(self) -> tuple[str, ...]:
        """Columns of the list that tell what a record is, not what became of it."""
        names = self.model_admin.staff_list.table.names(detail=False)
        return tuple(name for name in names if name not in (*STATES, *LAST))


def _shown(record, field) -> str:
    if isinstance(field, BooleanField):
        return ""
    value = getattr(record, f"get_{field.name}_display")() if field.choices else getattr(record, field.name)
    return "" if value is None else str(value)


offered = admin.site.admin_view(OfferedRecords.as_view(admin_site=admin.site))

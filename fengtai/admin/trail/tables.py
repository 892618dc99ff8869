"""The trail as a list: its columns, and which entries somebody sees."""

from functools import lru_cache

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.admin.trail.changes import ChangesColumn
from fengtai.admin.trail.columns import BatchColumn, Quiet, WhatColumn, WhoColumn
from fengtai.lists.columns import ChoiceColumn
from fengtai.lists.staff_columns import MomentColumn
from fengtai.lists.tables import ListTable
from fengtai.records.trail.acting import GUARDED
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.roles import PROGRAMME_OFFICE, REVIEWER, has_role, may_administer

TABLES = 64  # one for each person who reads less than all


class TrailTable(ListTable):
    at = MomentColumn(sort=("at",))
    by = WhoColumn(verbose_name=_("who"), sort=())
    act = ChoiceColumn(sort=())
    what = WhatColumn(verbose_name=_("record"), sort=())
    changes = ChangesColumn(verbose_name=_("what changed"), sort=())
    why = Quiet(sort=())
    way = ChoiceColumn(sort=())
    batch = BatchColumn(sort=(), detail_only=True)

    staff = True
    title = _("trail")
    seen = Q()  # which of the entries

    class Meta:
        model = TrailEntry
        fields = ()

    @classmethod
    def base(cls):
        """The key and the columns are read of rows that may be seen: nothing else asks."""
        return TrailEntry.objects.all()

    @classmethod
    def rows(cls):
        return TrailEntry.objects.filter(cls.seen)

    @classmethod
    def kept_as(cls) -> str:
        """Entries are added by much that writes no record, and days end without a write."""
        newest = TrailEntry.objects.aggregate(Max("pk"))["pk__max"]
        return f"{super().kept_as()}:{newest}:{timezone.localdate()}"


def table_for(user) -> type[TrailTable]:
    """Administrators see all; who enters or reviews sees all about records; and everybody their own entries."""
    if may_administer(user):
        return TrailTable
    return _own_table(user.pk, has_role(user, PROGRAMME_OFFICE) or has_role(user, REVIEWER))


@lru_cache(TABLES)
def _own_table(key: int, sees_records: bool) -> type[TrailTable]:
    seen = Q(by=key) | ~Q(act__in=GUARDED) if sees_records else Q(by=key)
    body = {"seen": seen, "Meta": TrailTable.Meta, "__module__": __name__}
    return type(f"Trail{key}{sees_records}Table", (TrailTable,), body)

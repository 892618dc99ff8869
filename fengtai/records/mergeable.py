"""Records of which two may turn out to be one and the same: the one that goes leads on to the one that stays."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengtai.records.record import EMBARGOED, Record
from fengtai.records.slices import in_slices

Pair = tuple[int, int]  # the keys of two records, the lower first


@dataclass(frozen=True)
class Merging:
    """How records of a model are merged. A subject says in a class of its own what makes two of them candidates."""

    names: str = ""  # the relation to the rows that hold a record's other names
    printed: str = ""  # of rows that name the record: the field with the name as the source prints it

    def pairs(self, model: type[models.Model]) -> Iterable[Pair]:
        """Those that may be one and the same, each pair for a reason that can be told; never by similarity alone."""
        return ()

    def reasons(self, model: type[models.Model], pairs: list[Pair]) -> dict[Pair, list[str]]:
        """Of some pairs why they may be one and the same, in sentences."""
        return {}


class Mergeable(Record):
    """A record that can be merged into another of its kind. It stays on file, withdrawn, and its address leads on."""

    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    merging = Merging()

    class Meta:
        abstract = True

    @property
    def replaced_by(self):
        return self.merged_into


def survivors(model: type[models.Model], keys: Iterable[int]) -> dict[int, int]:
    """Of those records that were merged, by key, the one that they became in the end."""
    if not issubclass(model, Mergeable):
        return {}
    found = _merged(model, {*keys})
    while further := _merged(model, {*found.values()}):
        found = {key: further.get(target, target) for key, target in found.items()}
    return found


def _merged(model, keys: set[int]) -> dict[int, int]:
    found = {}
    for some in in_slices(sorted(keys)):
        rows = model._base_manager.order_by().filter(pk__in=some, merged_into__isnull=False)
        found |= dict(rows.values_list("pk", "merged_into_id"))
    return found


def would_hide(loser: str, survivor: str) -> bool:
    """By their publication states, whether what readers have, or are to have at a time, goes to what they have not."""
    published = Record.State.PUBLISHED
    shown_by = {published: {published}, EMBARGOED: {published, EMBARGOED}}
    return survivor not in shown_by.get(loser, {survivor})


def is_merged(row: models.Model) -> bool:
    return getattr(row, "merged_into_id", None) is not None


def unmerged(rows: models.QuerySet) -> models.QuerySet:
    """Without those that became another record; of a model that knows no merging all of them."""
    return rows.filter(merged_into=None) if issubclass(rows.model, Mergeable) else rows

"""Questions whose choices are kept with the rows that hold them, and mended after writes to a few."""

from functools import cache

from fengtai.caching.store import last_known, remembered
from fengtai.lists import paging
from fengtai.lists.bits import keys_of
from fengtai.lists.held import Held, Pairs, held

UNSTATED = "not-stated"


class HeldChoices:
    """A question that tells the pairs of rows and choices."""

    asked_as = ""  # tells one form of the question from others, where another question decides which rows hold a choice

    def pairs(self, keys: frozenset[int] | None) -> Pairs:
        """Of these rows, or of all there are, each with each choice that it holds, other than that none is stated."""
        raise NotImplementedError

    @property
    def tells_held(self) -> bool:
        """Whether the rows that hold each choice can be kept."""
        return not (self.parent.staff or self.method) and _tells_pairs(type(self))

    def held(self, may_make=lambda: True) -> Held | None:
        """The rows that hold each choice; None where nobody may look them up now."""
        return held(self, self._held_as, may_make) if self.tells_held else None

    def last_held(self) -> Held | None:
        """What was known before the last writes."""
        kept = last_known(self._held_as)
        return kept.value if kept is not None else None

    @property
    def _held_as(self) -> str:
        asked = (type(self).__name__, self.model._meta.label, self.field_name, self.extra.get("to_field_name"))
        return f"held:{asked}{self.asked_as}"

    def code(self, value) -> str:
        """Of a choice that was asked for."""
        return str(getattr(value, self.extra.get("to_field_name") or "pk", value))

    def holders(self, value) -> tuple[frozenset[int], bool]:
        """The keys of the first rows that hold a choice, and whether there are more; looked up once for each write."""
        found = self.held(lambda: False)
        if found is not None and (bits := found.of(self.code(value), UNSTATED)) is not None and bits >= 0:
            return (frozenset(keys_of(bits)), False) if bits.bit_count() < paging.FEW else (frozenset(), True)
        return self._first_holders(value)

    def _first_holders(self, value) -> tuple[frozenset[int], bool]:
        def look() -> tuple[frozenset[int], bool]:
            keys = list(self.holders_of(value).values_list("holder", flat=True)[: paging.FEW])
            return frozenset(keys), len(keys) == paging.FEW

        asked = (type(self).__name__, self.model._meta.label, self.field_name, self.parent.staff)
        return remembered(f"holders:{asked}{self.asked_as}:{getattr(value, 'pk', value)}", look)


@cache
def _tells_pairs(kind: type) -> bool:
    """Whether its pairs say the same as its filter: a question derived from another may ask something else."""
    pairs, *asked = (_place(kind, name) for name in ("pairs", "filter", "count"))
    return pairs <= min(asked) and kind.pairs is not HeldChoices.pairs


def _place(kind: type, name: str) -> int:
    return next(place for place, parent in enumerate(kind.__mro__) if name in parent.__dict__)


def among(rows, keys: frozenset[int] | None):
    return rows if keys is None else rows.filter(pk__among=keys)

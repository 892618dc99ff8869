"""Which rows hold which choice of a question, as sets of bits: kept, and mended after writes to a few rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Max

from fengtai.caching.repairing import repaired
from fengtai.lists import bits as sets
from fengtai.lists.bits import bits_of, exchanged, too_large

KEPT = 400  # choices; of a question with more only those that its form offers
SPARSE = -1  # stands for rows whose keys are too large to be kept as bits

Pairs = Iterable[tuple[int, str]]  # the key of a row, and the code of a choice that it holds


@dataclass(frozen=True, slots=True)
class Held:
    """The rows that hold each choice, by its code, and those that hold any; public or not."""

    choices: dict[str, int]
    any: int
    is_complete: bool  # whether every choice is among them

    def of(self, code: str, unstated: str) -> int | None:
        """None where nobody counted them; a choice that no row holds is known to have none."""
        if code == unstated:
            return ~self.any
        return self.choices.get(code, 0 if self.is_complete else None)


def rows_in(table) -> int | None:
    """The keys of a list's rows; None where they are too large."""
    name, rows, model = f"rows:{table.kept_as()}", table.seen_rows().order_by(), table.model()

    def make() -> int:
        if (model._base_manager.aggregate(largest=Max("pk"))["largest"] or 0) > sets.LARGEST_KEY:
            return SPARSE
        return bits_of([*rows.values_list("pk", flat=True)])

    def again(bits: int, keys: frozenset[int]) -> int:
        if bits == SPARSE or too_large(keys):
            return SPARSE
        left = rows.filter(pk__among=keys).values_list("pk", flat=True)
        return exchanged(bits, bits_of(keys), bits_of([*left]))

    found = repaired(name, model, make, again, closed=True)
    return None if found == SPARSE else found


def held(choice, name: str, may_make: Callable[[], bool] = lambda: True) -> Held | None:
    """Of a question with choices; None where it may not be counted now."""

    def make() -> Held:
        found, linked = _by_choice(choice.pairs(None))
        kept = found if len(found) <= KEPT else {code: found[code] for code in choice.options() if code in found}
        choices = {code: bits_of(keys) for code, keys in kept.items()}
        return Held(choices, bits_of(linked), len(kept) == len(found))

    def again(before: Held, keys: frozenset[int]) -> Held:
        asked, (found, linked) = bits_of(keys), _by_choice(choice.pairs(keys))
        codes = before.choices.keys() | (found.keys() if before.is_complete else ())
        choices = {code: exchanged(before.choices.get(code, 0), asked, bits_of(found.get(code, ()))) for code in codes}
        return Held(choices, exchanged(before.any, asked, bits_of(linked)), before.is_complete)

    return repaired(name, choice.model, make, again, closed=True, may_make=may_make)


def _by_choice(pairs: Pairs) -> tuple[dict[str, list[int]], set[int]]:
    """By choice the rows that hold it, and all rows that hold any."""
    found: dict[str, list[int]] = defaultdict(list)
    for key, code in pairs:
        found[code].append(key)
    return {str(code): keys for code, keys in found.items()}, {key for keys in found.values() for key in keys}

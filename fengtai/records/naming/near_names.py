"""Names that are almost the same: offered to a person with the reason, never taken."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from fengtai.records.naming.near_reasons import BRACKETED, LIKE, PART, SAME, reason_of
from fengtai.records.naming.near_weights import Held, Pair
from fengtai.records.naming.wanted_names import Wanted, are_of_a_series, bracketed, core, gaps_of
from fengtai.records.slices import in_slices

OFFERED = 3  # near names of one name
WEIGHED = 50  # near names of one name that are compared before the best are offered
AT_ONCE = 5000  # names looked for in one pass over those on file


class Near(NamedTuple):
    key: object
    name: str
    reason: str  # in the reader's language


def near_names(names: Sequence[str], on_file: Callable[[], Iterable]) -> dict[str, list[Near]]:
    """For each name the best of the records on file (key, name, any of its names) that are called almost so."""
    found: dict[str, dict[object, Pair]] = defaultdict(dict)
    held = Held(map(core, names))
    for number, some in enumerate(in_slices(names, AT_ONCE)):
        wanted = Wanted(some)
        for key, shown, name in on_file():
            text = core(name)
            if not number:
                held.note(text)
            for hit, pair in wanted.near(name, text, shown):
                pairs = found[hit]
                if pair.kind in (SAME, BRACKETED) or len(pairs) < WEIGHED:
                    pairs[key] = _closer(pairs.get(key), pair)
    best = {name: _best(name, pairs, held) for name, pairs in found.items()}
    return {name: near for name, near in best.items() if near}


def near_each_other(names: Sequence[str]) -> dict[str, list[Near]]:
    """Names of one list that are almost the same: for each the best of those before it, by their positions."""
    cores = [core(name) for name in names]
    held, whole, gaps = Held(cores), defaultdict(list), {}
    best = {}
    for number, (name, text) in enumerate(zip(names, cores, strict=True)):
        pairs: dict[object, Pair] = {}
        like = [gaps.setdefault(hash(gap), number) for gap in gaps_of(text)]  # of many texts, their hashes alone
        kinds = [(SAME, [*whole[text]]), *((BRACKETED, [*whole[inside]]) for inside in bracketed(name)), (LIKE, like)]
        for kind, others in kinds:
            for other in others:
                if other != number and not are_of_a_series(names[other], name):
                    how = BRACKETED if kind == SAME and cores[other] != text else kind
                    pair = Pair(text, cores[other], how, names[other], names[other])
                    pairs[other] = _closer(pairs.get(other), pair)
        for key in {text, *bracketed(name)}:
            whole[key] += [number] if len(whole[key]) < OFFERED else []
        if pairs and (near := _best(name, pairs, held)):
            best[name] = near
    return best


def _closer(one: Pair | None, other: Pair) -> Pair:
    order = (SAME, BRACKETED, PART, LIKE)
    return other if one is None or order.index(other.kind) < order.index(one.kind) else one


def _best(name: str, pairs: dict[object, Pair], held: "Held") -> list[Near]:
    scored = [(score, key, pair) for key, pair in pairs.items() if (score := held.score(pair))]
    scored.sort(key=lambda each: -each[0])
    return [Near(key, pair.shown, reason_of(name, pair)) for _score, key, pair in scored[:OFFERED]]

"""What several questions leave together: the sets of rows that each leaves, put together.

Choices are kept as sets of bits (held.py). What is typed is looked up in the database, and what was found is kept and
mended likewise; of words that very many rows hold only some rows are known.
"""

from dataclasses import dataclass

from fengtai.caching.repairing import repaired
from fengtai.lists import paging
from fengtai.lists.bits import bits_of, exchanged
from fengtai.lists.choices import UNSTATED, Choices, Rows
from fengtai.lists.held import rows_in
from fengtai.lists.known_counts import Known

AT_ONCE = 5_000  # rows of a list whose choices are counted anew whatever it takes


@dataclass(frozen=True, slots=True)
class Left:
    """The rows that some questions leave; not complete where more than are counted hold the words."""

    bits: int
    is_complete: bool
    among: int = 0  # rows of the whole list


def left_by(table, filterset, without: str = "") -> Left | None:
    """The rows that all questions asked but one leave; None where the list's rows are not kept so."""
    rows = rows_in(table) if not table.staff else None
    if rows is None:
        return None
    bits, typed = rows, []
    answers = filterset.form.cleaned_data if filterset.filters else {}
    asked = {name: value for name, value in answers.items() if name != without and _asks(value)}
    for name, value in asked.items():
        chosen = _chosen(filterset.filters[name], value)
        if chosen is None:
            typed.append(name)
        else:
            bits &= chosen
    if not typed:
        return Left(bits, True, rows.bit_count())
    found = _found(table, filterset, sorted(typed))
    if not found.is_complete and len(typed) < len(asked):
        found = _found(table, filterset, sorted(asked))
    return Left(bits & found.bits, found.is_complete, rows.bit_count())


def _asks(value) -> bool:
    return value is not None and value != ""


def _chosen(question, value) -> int | None:
    found = question.held() if isinstance(question, Choices) else None
    return found.of(question.code(value), UNSTATED) if found is not None else None


def _found(table, filterset, names: list[str]) -> Left:
    rows, asked = table.seen_rows(), [(name, filterset.data[name]) for name in names]
    looked_for = filterset.looked_for if filterset.bounded and "q" in names else None

    def make() -> Left:
        keys = _keys(filterset, rows, names)
        return Left(bits_of(keys), is_complete(len(keys)))

    def again(before: Left, keys: frozenset[int]) -> Left:
        held = _keys(filterset, rows, names, keys)
        bits = exchanged(before.bits, bits_of(keys), bits_of(held))
        if before.is_complete != is_complete(bits.bit_count()):
            return make()
        return Left(bits, before.is_complete)

    def is_complete(count: int) -> bool:
        return count <= (paging.COUNTED if looked_for is None else paging.NUMBERED)

    limits = (paging.COUNTED, paging.NUMBERED)
    name = f"found:{table.kept_as()}:{limits}:{filterset.bounded}:{asked}"
    return repaired(name, table.model(), make, again)


def _keys(filterset, rows, names: list[str], within: frozenset[int] | None = None) -> frozenset[int]:
    """The keys that some questions leave; of all rows no more than are kept as keys, of a few given ones all."""
    filterset.gathered, filterset.within = within is None, within
    some = rows if within is None else rows.filter(pk__among=within)
    left = filterset.under(some, names).order_by().values_list("pk", flat=True)
    found = frozenset(left[: paging.COUNTED + 1] if within is None else left)
    filterset.gathered, filterset.within = False, None
    return found


def counted_in_bits(filterset, name: str, known: Known) -> dict[str, Rows] | None:
    """How many rows each choice of a question leaves under the others; None where bits do not tell it.

    Of very many rows an answer makes the counts of one question anew at most; the others show what was known last.
    """
    left, question = left_by(known.table, filterset, without=name) if known.table else None, filterset.filters[name]
    if left is None or not left.is_complete or not question.tells_held:
        return None
    held = question.held(lambda: known.may_count(anyway=left.among <= AT_ONCE))
    if held is None:
        held, known.is_complete = question.last_held(), False
    found = {
        code: held.of(question.code(value), UNSTATED) if held else None for code, value in question.options().items()
    }
    if known.is_complete and None in found.values():
        return None
    return {code: Rows((left.bits & bits).bit_count()) for code, bits in found.items() if bits is not None}

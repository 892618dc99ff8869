"""How well a row answers typed words: what its name or its figure says exactly comes first."""

from collections.abc import Collection, Iterable

from django.db.models import Case, IntegerField, Q, Value, When

from fengtai.search.query import Query, Word
from fengtai.search.tokens import KEY_ENDS, sort_key

EXACT, BEGINS, CONTAINS, OWN, LINKED, CITED = range(6)
LAST = "\U0010ffff"  # after every character


def relevance(query: Query, key: str, cited: Collection[int] = ()) -> Case:
    """Exactly the name or the number first, then names that begin so, then names that hold every word or are one of
    them, then what the row says itself, then what it is linked to, then what only sources say of it.

    `key` is the path of the sort key: the name's pinyin, KEY_ENDS and its characters. `cited` are the keys of those
    that hold some word by what sources say alone.
    """
    ranks = list(zip(_by_name(query, key), (EXACT, BEGINS, CONTAINS), strict=True))
    numbers = [word for word in query.words if word.tokens]
    if numbers:
        stated = _all(_any(Q(search__contains=f" {token} ") for token in word.tokens) for word in numbers)
        ranks.insert(0 if len(numbers) == len(query.words) else 1, (stated, EXACT))
    if "__" not in key:
        ranks.append((Q(search__holds=query), OWN))
    if cited:
        ranks.append((Q(pk__among=cited), CITED))
    return Case(*(When(q, Value(rank)) for q, rank in ranks), default=LINKED, output_field=IntegerField())


def _by_name(query: Query, key: str) -> tuple[Q, Q, Q]:
    """Names that are the words, that begin so, and that hold each of them or are one of several."""
    joined = _joined(query)
    exact = Q(**{f"{key}__endswith": KEY_ENDS + joined.text})
    begins = Q(**{f"{key}__contains": KEY_ENDS + joined.text})
    for syllables in joined.syllables:
        exact |= Q(**{f"{key}__startswith": syllables + KEY_ENDS})
        begins |= Q(**{f"{key}__startswith": syllables})
    contains = _all(
        _any(Q(**{f"{key}__contains": text}) for text in (word.text, *word.senses, *word.syllables))
        for word in query.words
    )
    if len(query.words) > 1:
        contains |= _any(Q(**{f"{key}__endswith": KEY_ENDS + word.text}) for word in query.words)
    return exact, begins, contains


def beginnings(query: Query, key: str) -> Q:
    """Names that begin so, as the index of the order finds them however many rows hold the words."""
    joined = _joined(query)
    spelled, _end, text = sort_key(joined.text).partition(KEY_ENDS)
    written = Q(**{f"{key}__contains": KEY_ENDS + text})
    return _any([_from(spelled, key) & written, *(_from(syllables, key) for syllables in joined.syllables)])


def _from(start: str, key: str) -> Q:
    return Q(**{f"{key}__gte": start, f"{key}__lt": start + LAST})


def _joined(query: Query) -> Word:
    """The words as one, since names are written without blanks."""
    return Word("".join(word.text for word in query.words), query.words[0].ways if len(query.words) == 1 else ())


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def _all(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found &= condition
    return found

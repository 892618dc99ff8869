"""The words of a source beside a row that was found by nothing else that its cells show."""

from collections.abc import Iterable

from django.utils.safestring import mark_safe

from fengtai.records.chinese import escaped, lang_of
from fengtai.search.highlighting import highlighted
from fengtai.search.query import Query

WORDS = 3  # of the parts of a citation
MOST = 2  # citations that are told beside one row


def cited_words(citations: Iterable[tuple], cells: list[str], looked_for: Query) -> str:
    """What sources say of the row, marked, where a word that was looked for stands in no cell; else ""."""
    said = [words for words in dict.fromkeys(parts[WORDS] for parts in citations) if words]
    held = [Query((word,)) for word in looked_for.words]
    if not any(_holds(words, looked_for) for words in said):
        return ""
    unseen = [word for word in held if not any(_is_marked(cell, word) for cell in cells)]
    told = [words for words in said if any(_holds(words, word) for word in unseen)][:MOST]
    return "".join(f' <q class="cited"{lang_of(words)}>{_marked(words, looked_for)}</q>' for words in told)


def _holds(words: str, query: Query) -> bool:
    return "<mark>" in _marked(words, query)


def _is_marked(cell: str, query: Query) -> bool:
    return "<mark>" in highlighted(mark_safe(cell), query)


def _marked(words: str, query: Query) -> str:
    return highlighted(mark_safe(escaped(words)), query, names=False)

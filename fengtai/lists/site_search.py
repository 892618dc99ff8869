"""The same words asked of every list of the site, and of each list what answers best."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from fengtai.lists.questions import Question
from fengtai.lists.relevance import LINKED
from fengtai.lists.site import ListPage, site_lists
from fengtai.lists.vocabulary import names_of
from fengtai.search.query import Query

FOUND_ROWS = 5  # of each list


@dataclass(frozen=True)
class Group:
    """What one list holds of the words; `named` are those that only ask for this list (项目, 政策)."""

    page: ListPage
    question: Question
    words: str
    named: str
    keys: list[int]
    rank: int  # of its first row, as fengtai.lists.relevance has it

    @property
    def count(self) -> int:
        return self.question.count


def lists() -> tuple[ListPage, ...]:
    """The lists that have pages of their own records, each of which is asked once."""
    return tuple(page for page in site_lists() if page.detail)


def asked(page: ListPage, words: str, filters: dict[str, str] | None = None) -> Question:
    params = QueryDict(mutable=True)
    params.update({**(filters or {}), "q": words})
    return page.ask(params)


def groups(words: str, query: Query) -> list[Group]:
    """The lists that hold the words, the best answers first, else in the order of the site."""
    found = [group for page in lists() for group in _group(page, words, query)]
    return sorted(found, key=lambda group: group.rank)


def _group(page: ListPage, words: str, query: Query) -> Iterator[Group]:
    question, named = asked(page, words), []
    if not question.count:
        names = names_of(page)
        named = [word.typed for word in query.words if not names.isdisjoint((word.text, *word.senses))]
        words = " ".join(word.typed for word in query.words if word.typed not in named)
        question = asked(page, words) if named and words else question
    if question.count:
        ranked = bool(question.filterset.ranked)
        first = list(question.rows.values_list("pk", "relevance" if ranked else "pk")[:FOUND_ROWS])
        keys, rank = [key for key, _rank in first], first[0][1] if ranked else LINKED
        yield Group(page, question, words, " ".join(named), keys, max(rank, LINKED) if named else rank)

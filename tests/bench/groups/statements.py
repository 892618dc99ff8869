"""In a worker: the SQL that a search runs, recorded once and run again without Django."""

from functools import cache
from urllib.parse import urlencode

from django.db import connection
from django.http import QueryDict

from partners.filters import OrganisationFilter
from partners.tables import OrganisationTable


def replay(way: str, word: str):
    """Runs the statements of a search as they were recorded, and fetches what they find."""
    for sql, params in _recorded(way, word):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            cursor.fetchall()


@cache
def _recorded(way: str, word: str) -> list[tuple]:
    statements = []

    def note(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        _search(way, word)
    return statements


def _search(way: str, word: str):
    """The count and the first page, as a list needs them."""
    from tests.bench.peers import contains, trigram  # the trigram peer exists on PostgreSQL alone

    return {"ours": _ours, "contains": contains.search, "trigram": trigram.search}[way](word)


def _ours(word: str):
    from fengtai.lists.questions import Question

    question = Question(OrganisationTable, OrganisationFilter, QueryDict(urlencode({"q": word})), ())
    return question.count, question.window

"""How the database is asked which rows hold the words of a query."""

from collections.abc import Iterable
from itertools import chain

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from fengtai.search.query import Query, Way

Question = tuple[type[models.Model], Query]
EXPRESSION = {"sqlite": "REGEXP", "postgresql": "~"}


class Matches(models.Lookup):
    """Rows whose tokens answer a query, however many; each database asks its own index."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        found, params = _asked(connection, self.lhs.target.model, self.rhs)
        return f"{compiler.quote_name_unless_alias(self.lhs.alias)}.id IN ({found})", params

    def as_postgresql(self, compiler, connection):
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        proof, params = _proof(self.rhs, f"{alias}.search")
        return f"({alias}.search_vector @@ %s::tsquery{proof})", [self.rhs.tsquery, *params]


class Holds(models.Lookup):
    """The same answer read from the tokens themselves, without the index: faster for a few rows at hand."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        conditions, patterns = _in_a_row(column, [word.ways for word in self.rhs.words])
        return " AND ".join(conditions), [*params, *patterns]


def matching_keys(model, query: Query, most: int) -> list[int]:
    """The keys of at most `most` rows that answer a query, straight from the index."""
    found, params = _asked(connection, model, query)
    with connection.cursor() as cursor:
        cursor.execute(f"{found} LIMIT {most:d}", params)
        return [key for (key,) in cursor.fetchall()]


def holding(questions: Iterable[Question]) -> set[Question]:
    """Those of some queries that any row at all of their model answers, in one statement."""
    questions = [*dict.fromkeys(questions)]
    asked = [_asked(connection, model, query) for model, query in questions]
    with connection.cursor() as cursor:
        exists = ", ".join(f"EXISTS ({found})" for found, _params in asked)
        cursor.execute(f"SELECT {exists}", [param for _found, params in asked for param in params])
        return {question for question, holds in zip(questions, cursor.fetchone(), strict=True) if holds}


def _asked(connection, model, query: Query) -> tuple[str, list[str]]:
    table, (proof, params) = model._meta.db_table, _proof(query, "search")
    if connection.vendor == "postgresql":
        return f"SELECT id FROM {table} WHERE search_vector @@ %s::tsquery{proof}", [query.tsquery, *params]
    return f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH %s{proof}", [query.fts5, *params]


def _proof(query: Query, column: str) -> tuple[str, list[str]]:
    """What the index does not know: that the tokens stand in a row, which only their text tells."""
    conditions, patterns = _in_a_row(column, [word.proved for word in query.words if word.proved])
    return "".join(f" AND {condition}" for condition in conditions), patterns


def _in_a_row(column: str, words: list[tuple[Way, ...]]) -> tuple[list[str], list[str]]:
    """For each word that the tokens stand in a column in one of its ways, and the patterns that say so."""
    stand = f"({column} LIKE %s AND {column} {EXPRESSION[connection.vendor]} %s)"
    conditions = [" OR ".join(stand if way.pattern else f"{column} LIKE %s" for way in ways) for ways in words]
    patterns = [(f"%{way.row}%", *filter(None, [way.pattern])) for ways in words for way in ways]
    return [f"({condition})" for condition in conditions], [*chain.from_iterable(patterns)]


@models.BigAutoField.register_lookup
class Among(models.Lookup):
    """One of some keys, written into the statement: passing a thousand parameters takes longer than the search."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        if not self.rhs:
            raise EmptyResultSet
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN ({', '.join([str(int(key)) for key in self.rhs])})", params

"""Columns that follow the texts of their own row: the tokens it is found by, and its name's place in the order.

A model names the texts; nobody writes the columns. They follow on every way of writing that Django has, so a row is
found by what it says and by nothing it said before.
"""

from django.core.exceptions import EmptyResultSet, FieldError
from django.db import connection, models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from fengtai.search.tokens import Query, sort_key, tokens


class _FollowingColumn(DeferredAttribute):
    """Always what the texts say, whatever was assigned or stored."""

    def __get__(self, instance, owner=None):
        return self if instance is None else self.field.read_from(instance)

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class FollowingField(models.TextField):
    """A column made from texts of its own row; migrations see a plain TextField, fixtures and histories none."""

    descriptor_class = _FollowingColumn

    def __init__(self, **kwargs):
        super().__init__(**{"blank": True, "default": "", "editable": False, "serialize": False, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance, add):
        """As inherited; stated here, for that is how update_or_create() knows which columns fill themselves."""
        return super().pre_save(model_instance, add)

    @property
    def follows(self) -> tuple[str, ...]:
        raise NotImplementedError

    def read_from(self, instance) -> str:
        raise NotImplementedError


def following(model) -> list[FollowingField]:
    """The columns of a model that follow its texts."""
    return [field for field in model._meta.local_concrete_fields if isinstance(field, FollowingField)]


def _texts(instance, names: tuple[str, ...]) -> list[str]:
    values = [getattr(instance, name) for name in names]
    if any(hasattr(value, "resolve_expression") for value in values):
        raise FieldError(f"{', '.join(names)}: a text that is looked for is written as text, not as an expression")
    return [str(value) for value in values if value not in (None, "")]


class SearchField(FollowingField):
    """The tokens of a row: of its names with their reading, of other texts as they stand."""

    def __init__(self, *names: str, texts: tuple[str, ...] = (), **kwargs):
        self.names, self.texts = names, texts
        super().__init__(**{"verbose_name": _("search"), **kwargs})

    @property
    def follows(self):
        return (*self.names, *self.texts)

    def read_from(self, instance):
        return tokens(_texts(instance, self.names), _texts(instance, self.texts))


class SortKeyField(FollowingField):
    """A name's place in the order of pinyin."""

    def __init__(self, named: str = "name", **kwargs):
        self.named = named
        super().__init__(**{"verbose_name": _("place in the order"), **kwargs})

    @property
    def follows(self):
        return (self.named,)

    def read_from(self, instance):
        return sort_key("".join(_texts(instance, self.follows)))


@SearchField.register_lookup
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
        return f"({alias}.search_vector @@ %s::tsquery{proof})", [self.rhs.tsquery(), *params]


@SearchField.register_lookup
class Holds(models.Lookup):
    """The same answer read from the tokens themselves, without the index: for a few rows at hand."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        conditions, patterns = _in_a_row(column, [[way.row for way in word.ways] for word in self.rhs.words])
        return " AND ".join(conditions), [*params, *patterns]


def matching_keys(model, query: Query, most: int) -> list[int]:
    """The keys of some rows that answer a query: straight from the index, and no more than are wanted."""
    found, params = _asked(connection, model, query)
    with connection.cursor() as cursor:
        cursor.execute(f"{found} LIMIT {most:d}", params)
        return [key for (key,) in cursor.fetchall()]


def _asked(connection, model, query: Query) -> tuple[str, list[str]]:
    table, (proof, params) = model._meta.db_table, _proof(query, "search")
    if connection.vendor == "postgresql":
        return f"SELECT id FROM {table} WHERE search_vector @@ %s::tsquery{proof}", [query.tsquery(), *params]
    return f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH %s{proof}", [query.fts5(), *params]


def _proof(query: Query, column: str) -> tuple[str, list[str]]:
    """The index tells that all tokens are there; that they stand in a row is told by their text."""
    conditions, patterns = _in_a_row(column, [word.rows for word in query.words if word.rows])
    return "".join(f" AND {condition}" for condition in conditions), patterns


def _in_a_row(column: str, words: list[list[str]]) -> tuple[list[str], list[str]]:
    """For each word that one of its rows of tokens stands in a column, and the patterns that say so."""
    conditions = [f"({' OR '.join([f'{column} LIKE %s'] * len(rows))})" for rows in words]
    return conditions, [f"%{row}%" for rows in words for row in rows]


@models.BigAutoField.register_lookup
class Among(models.Lookup):
    """One of some keys: written out, since a thousand parameters cost more than the search."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        if not self.rhs:
            raise EmptyResultSet
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN ({', '.join([str(int(key)) for key in self.rhs])})", params

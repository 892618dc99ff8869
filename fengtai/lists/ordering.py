"""The order of a list, and cursors: addresses of pages that begin at any row and survive inserts.

A cursor is the row it stands beside: the values it is ordered by, and its key. The next page begins after it, so
nothing is counted off and a row that was added meanwhile moves nothing.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import NullIf

from fengtai.records.companions import CompanionChar
from fengtai.records.doors import as_known, is_always_seen
from fengtai.records.paths import field_at

END = "end"  # the cursor of the last page
LONGEST_CURSOR = 4000  # characters: it holds a row's whole texts, of which a name and its reading are the longest


class CursorError(ValueError):
    """A cursor that was not made by this list in this order."""


@dataclass(frozen=True)
class Key:
    """A database column that rows are ordered by; what is not stated comes last either way."""

    path: str  # of the column, or the name by which what the public may know of it is read
    descending: bool
    field: models.Field
    nullable: bool

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a printed text, which of a text that is not read is empty."""
        return isinstance(self.field, CompanionChar)

    @property
    def may_be_empty(self) -> bool:
        return self.nullable or self.is_part

    def order(self, *, backwards: bool):
        descending = self.descending != backwards
        nulls = ({"nulls_first": True} if backwards else {"nulls_last": True}) if self.may_be_empty else {}
        column = NullIf(self.path, Value("")) if self.is_part else F(self.path)
        return column.desc(**nulls) if descending else column.asc(**nulls)

    def same(self, value) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def beyond(self, value, *, backwards: bool) -> Q:
        """Rows that come after the value, or before it if read backwards."""
        nothing = Q(pk__in=[])
        unstated = Q(**{self.path: ""}) if self.is_part else Q(**{f"{self.path}__isnull": True})
        if value is None or (self.is_part and value == ""):
            return ~unstated if backwards else nothing
        compared = Q(**{f"{self.path}__{'lt' if self.descending != backwards else 'gt'}": value})
        if self.is_part and (self.descending != backwards):
            compared &= ~unstated  # an empty text is less than any other, and comes last all the same
        return compared | unstated if self.may_be_empty and not backwards else compared


class Order:
    """The columns that a list is ordered by, ties settled by key.

    A linked record that is hidden orders nothing: its place would tell its name, and a cursor would hold it. To
    staff nothing is hidden.
    """

    def __init__(self, model, paths, *, descending: bool = False, staff: bool = False):
        self.model, self.staff, self.shown = model, staff, {}
        keys = [self._key(path, descending) for path in paths if path.removeprefix("-") != "pk"]
        self.keys = [*keys, Key("pk", descending, model._meta.pk, nullable=False)]
        self.paths = [key.path for key in self.keys]

    def _key(self, path: str, descending: bool) -> Key:
        bare, turned = path.removeprefix("-"), path.startswith("-")
        field, link = _field(self.model, bare), bare.rpartition("__")[0]
        nullable = field.null or bool(link)
        if link and not self.staff and not is_always_seen(self.model, link):
            name = f"shown_{bare.replace('__', '_')}"
            self.shown[name] = as_known(self.model, bare)
            bare = name
        return Key(bare, turned != descending, field, nullable)

    def apply(self, rows, *, backwards: bool = False):
        return self._ordered(self._known(rows), backwards=backwards)

    def _known(self, rows):
        return rows.annotate(**self.shown) if self.shown else rows

    def _ordered(self, rows, *, backwards: bool):
        return rows.order_by(*(key.order(backwards=backwards) for key in self.keys))

    def beyond(self, rows, cursor: str, *, backwards: bool):
        """The rows after a cursor, or before it, in reading order from it."""
        rows = self._known(rows)
        if not (backwards and cursor == END):
            rows = rows.filter(self._condition(self._read(cursor), backwards))
        return self._ordered(rows, backwards=backwards)

    def cursor(self, values: tuple) -> str:
        text = json.dumps([_plain(value) for value in values], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _condition(self, values: list, backwards: bool) -> Q:
        condition, same = Q(pk__in=[]), Q()
        first = self.keys[0]
        if first.may_be_empty:
            within = Q()
        else:  # repeated on its own, so that the database enters the index here and not at its beginning
            within = Q(**{f"{first.path}__{'lte' if first.descending != backwards else 'gte'}": values[0]})
        for key, value in zip(self.keys, values, strict=True):
            condition |= same & key.beyond(value, backwards=backwards)
            same &= key.same(value)
        return within & condition

    def _read(self, cursor: str) -> list:
        try:
            values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if not isinstance(values, list) or len(values) != len(self.keys):
                raise CursorError(cursor)
            return [_value(key, value) for key, value in zip(self.keys, values, strict=True)]
        except (binascii.Error, ValueError, TypeError, ValidationError, InvalidOperation, RecursionError) as error:
            raise CursorError(cursor) from error


def _value(key: Key, value):
    """A cursor's part as the column's own type; texts and numbers that no column could hold are refused."""
    field = key.field
    if value is None and key.nullable:
        return None
    if value is None or isinstance(value, list | dict | bool | float) or _is_no_text(str(value)):
        raise CursorError("no such value")
    if isinstance(field, models.CharField | models.TextField):
        if not isinstance(value, str) or field.get_prep_value(value) is None:  # some keep no text as nothing
            raise CursorError("no text")
        return value
    found = field.to_python(value)
    largest = 10**22 if isinstance(found, Decimal) else 2**63
    if found is None or (isinstance(found, int | Decimal) and abs(found) >= largest):
        raise CursorError("out of range")
    return found


def _is_no_text(text: str) -> bool:
    """Half a character, which has no bytes, or the one that PostgreSQL cannot hold."""
    return "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text)


def _plain(value):
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, int | str) else str(value)


def _field(model, path: str) -> models.Field:
    """The field at the end of a path; what a queryset adds itself is a whole number."""
    try:
        return field_at(model, path)
    except FieldDoesNotExist:
        return models.IntegerField(null=True)

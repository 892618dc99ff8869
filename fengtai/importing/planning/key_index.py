"""Records found by several of their fields together, for many rows at a time."""

from collections import defaultdict

from django.db import models

from fengtai.importing.planning.items import Item
from fengtai.importing.reading.printed_fields import period_key
from fengtai.records.mergeable import survivors
from fengtai.records.naming.name_books import REMEMBERED, variants
from fengtai.records.slices import in_slices
from fengtai.values.periods import Period
from fengtai.values.texts import plain


class KeyIndex:
    """Records by a tuple of their fields; those at the positions in `loose` need not be given."""

    def __init__(self, candidates, attributes: tuple[str, ...], loose: set[int]):
        self.candidates, self.attributes, self.loose = candidates, attributes, loose
        self.rows: list[tuple[int, tuple]] = []  # primary key and key
        self.found: dict[tuple[int, ...], dict[tuple, list[tuple[int, tuple]]]] = {}  # by the positions that are given
        self.prepared: set = set()

    def prepare(self, keys) -> None:
        if len(self.prepared) > REMEMBERED:
            self.prepared.clear()
            self.rows.clear()
            self.found.clear()
        firsts = {key[0] for key in keys if not isinstance(key[0], Item)} - self.prepared
        self.prepared |= firsts
        for asked in in_slices([variant for first in firsts for variant in variants(first)]):
            rows = self.candidates.filter(**{f"{self.attributes[0]}__in": asked})
            found = list(rows.values_list("pk", *self.attributes))
            into = survivors(self.candidates.model, [pk for pk, *_values in found])
            for pk, *values in found:
                self._add(into.get(pk, pk), tuple(stored_key(value) for value in values))

    def _add(self, pk: int, key: tuple) -> None:
        self.rows.append((pk, key))
        for given, rows in self.found.items():
            rows[tuple(key[index] for index in given)].append((pk, key))

    def _by(self, given: tuple[int, ...]) -> dict[tuple, list[tuple[int, tuple]]]:
        """Rows by some of their fields: one indicator may have thousands."""
        if given not in self.found:
            self.found[given] = defaultdict(list)
            for pk, key in self.rows:
                self.found[given][tuple(key[index] for index in given)].append((pk, key))
        return self.found[given]

    def find(self, key: tuple) -> dict[int, str]:
        """The records that have this key, by their primary keys; the text beside each is what a problem calls it."""
        if isinstance(key[0], Item):
            return {}
        given = tuple(index for index, value in enumerate(key) if value is not None or index not in self.loose)
        found = self._by(given).get(tuple(key[index] for index in given), [])
        if len(found) > 1:
            closer = [(pk, stored) for pk, stored in found if stored == key]
            found = closer or found
        return {pk: f"{pk}" for pk, _stored in found}


def stored_key(value):
    """A stored value in the form in which the cells of rows are matched with it."""
    if isinstance(value, Period):
        return period_key(value)
    if isinstance(value, models.Model):
        return value.pk
    return (plain(value) or None) if isinstance(value, str) else value


class NameIndex:
    """Records by the name they are known by, or by another that they go by."""

    def __init__(self, book):
        self.book = book

    def prepare(self, keys) -> None:
        self.book.prepare([name for (name,) in keys])

    def find(self, key: tuple) -> dict[int, str]:
        return self.book.keys(key[0])

"""Rows put down as they are: each gets its number when it is named, and all are written together at the end."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.kept import Kept
from fengtai.records.models import Citation, Record
from tests.bench.writing import prepared, write

LONGEST_WORDS = 40


class Unread(str):
    """A text that nothing reads, kept on a person's word."""


class World:
    """The same seed gives the same rows; only what was checked, and when, is told from today."""

    def __init__(self, seed: int):
        self.chance, self.today = Random(seed), date.today()
        self.rows, self.numbers, self.links = defaultdict(list), Counter(), defaultdict(list)

    def put(self, model: type[models.Model], **values) -> int:
        """Of a record the published state, and of most that somebody checked it; returns the row's key."""
        kept = {
            name: model._meta.get_field(name).keep(text) for name, text in values.items() if isinstance(text, Unread)
        }
        self.numbers[model] += 1
        common = {"state": Record.State.PUBLISHED} if issubclass(model, Record) else {}
        if issubclass(model, Kept):
            common["checked_on"] = None if values.get("doubt") else self._checked()
        self.rows[model].append({"id": self.numbers[model], **common, **(values | kept)})
        return self.numbers[model]

    def _checked(self) -> date | None:
        """Within half a year; one in thirty longer ago, so that the desk has some to ask for."""
        return self.today - timedelta(days=self.chance.randint(3, 170) + 200 * (self.chance.random() < 0.03))

    def link(self, field, one: int, others) -> None:
        """Of a many-to-many field such as `Organisation.industries`."""
        through, own = field.through, field.field
        for other in others:
            self.links[through].append({own.m2m_column_name(): one, own.m2m_reverse_name(): other})

    def cite(
        self, model, key: int, field: str, source: int, paragraph: int, words: str = "", speaker: str = ""
    ) -> None:
        self.put(
            Citation,
            content_type=ContentType.objects.get_for_model(model),
            object_id=key,
            field=field,
            source_id=source,
            paragraph=paragraph,
            words=words[:LONGEST_WORDS],
            speaker=speaker,
        )

    def write(self) -> None:
        """In whatever order: links are checked when the transaction ends."""
        for model, rows in self.rows.items():
            write(model, (prepared(model, **row) for row in rows))
        for through, rows in self.links.items():
            write(through, rows)

    def some(self, choices, most: int, least: int = 0) -> list:
        return self.chance.sample(list(choices), self.chance.randint(least, most))

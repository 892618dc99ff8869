"""Records found by their names, many at a time: exactly, full and half width alike, by any name they go by."""

from collections import defaultdict
from types import MappingProxyType

from django.db import models

from fengtai.records.mergeable import survivors, unmerged
from fengtai.records.naming.naming_fields import naming_field
from fengtai.records.slices import in_slices
from fengtai.values.texts import plain

REMEMBERED = 20_000  # names; a file may hold any number
NOTHING = MappingProxyType({})
WIDE = str.maketrans({"(": "（", ")": "）", ",": "，", ":": "："})


class NameBook:
    """The records of one model by name. Names are prepared in bulk, and each is asked for once."""

    def __init__(self, model):
        self.model = model
        self.name = naming_field(model)
        names = {field.name for field in model._meta.concrete_fields}
        self.columns = [self.name, *(name for name in ("name_en", "code") if name in names)]
        self.further = [name for name in ("full_name",) if name in names]  # names beside its own that may be near
        self.has_lines = "other_names" in names
        self.related = _related_names(model)
        self.found: dict[str, dict[int, str]] = {}
        self.lines: dict[str, dict[int, str]] | None = None

    def prepare(self, texts) -> None:
        if len(self.found) > REMEMBERED:
            self.found.clear()
        wanted = {plain(text) for text in texts if text} - self.found.keys()
        if not wanted:
            return
        fresh: dict[str, dict[int, str]] = dict.fromkeys(wanted, NOTHING)
        asked = {variant for text in wanted for variant in variants(text)} | {*filter(None, texts)}
        for some in in_slices(list(asked)):
            for key, name, *others in self._rows(some):
                for text in map(plain, filter(None, (name, *others))):
                    if text in fresh:
                        fresh[text] = {**fresh[text], key: name}
        self.found |= self._led_on(fresh)

    def _led_on(self, found: dict[str, dict[int, str]]) -> dict[str, dict[int, str]]:
        """A name of a record that was merged is one of the record that it became."""
        into = survivors(self.model, {key for keys in found.values() for key in keys})
        if not into:
            return found
        rows = self.model._base_manager.order_by().filter(pk__in={*into.values()})
        names = dict(rows.values_list("pk", self.name))
        return {
            text: {into.get(key, key): names[into[key]] if key in into else name for key, name in keys.items()}
            for text, keys in found.items()
        }

    def _rows(self, texts: list[str]):
        rows = self.model._base_manager.order_by()
        for column in self.columns:
            yield from rows.filter(**{f"{column}__in": texts}).values_list("pk", self.name, column)
        if self.related:
            named = rows.filter(**{f"{self.related}__name__in": texts})
            yield from named.values_list("pk", self.name, f"{self.related}__name")

    def keys(self, text: str) -> dict[int, str]:
        """Keys and names of the records that are called so: by their own name, else by another."""
        text = plain(text)
        if text not in self.found:
            self.prepare([text])
        found = self.found[text]
        own = {key: name for key, name in found.items() if plain(name) == text}
        return own or found or self._by_lines().get(text, {})

    def _by_lines(self) -> dict[str, dict[int, str]]:
        """Other names that stand one a line in a text cannot be asked for by equality: they are read once."""
        if self.lines is None:
            self.lines = defaultdict(dict)
            for key, name, line in self._lines():
                self.lines[plain(line)][key] = name
        return self.lines

    def _lines(self):
        """Each line of the texts that hold one other name a line, with its record."""
        if self.has_lines:
            rows = self.model._base_manager.order_by().exclude(other_names="")
            for key, name, lines in rows.values_list("pk", self.name, "other_names").iterator():
                yield from ((key, name, line) for line in lines.splitlines() if line.strip())

    def all_names(self):
        """Every name on file with its record, for names that are almost the same."""
        rows = unmerged(self.model._base_manager.order_by())
        yield from rows.values_list("pk", self.name, self.name).iterator()
        for column in self.further:
            yield from rows.exclude(**{column: ""}).values_list("pk", self.name, column).iterator()
        yield from self._lines()
        if self.related:
            yield from rows.exclude(**{self.related: None}).values_list("pk", self.name, f"{self.related}__name")


def variants(value) -> set:
    """A name as it may be stored: its brackets and commas half or full width; of other values the value alone."""
    return {value, value.translate(WIDE)} if isinstance(value, str) else {value}


def _related_names(model) -> str:
    """The relation to rows that hold a record's other names."""
    for relation in model._meta.related_objects:
        fields = {field.name for field in relation.related_model._meta.concrete_fields}
        if relation.name == "names" and isinstance(relation.field, models.ForeignKey) and "name" in fields:
            return relation.name
    return ""

"""A record that an import would write, as data."""

from types import MappingProxyType

NOTHING = MappingProxyType({})  # shared: a file makes many thousands of Items, most without any


class Item:
    """A record to be written: made anew without a key, changed with one. Values that are Items are written first."""

    __slots__ = ("before", "heading", "key", "links", "model", "unlinks", "values", "version")

    def __init__(self, model, key=None, version=None, **values):
        self.model, self.key, self.version, self.values = model, key, version, values
        self.heading = ""  # of the column that states it, where one does
        self.before = NOTHING  # of a record on file, what the changed fields said
        self.links = NOTHING  # records to be linked, by the name of the many-to-many field
        self.unlinks = NOTHING

    def change(self, name: str, value, before) -> None:
        self.values[name] = value
        self.note_before(name, before)

    def note_before(self, name: str, value) -> None:
        self.before = {**self.before, name: value}

    def link(self, name: str, fresh: list, gone: list) -> None:
        if fresh:
            self.links = {**self.links, name: fresh}
        if gone:
            self.unlinks = {**self.unlinks, name: gone}

    def __bool__(self):
        """Whether there is anything to write."""
        return self.key is None or bool(self.values or self.links or self.unlinks)

    def needs(self):
        """The Items that must be on file before this one."""
        linked = (target for targets in self.links.values() for target in targets)
        return [value for value in (*self.values.values(), *linked) if isinstance(value, Item) and value.key is None]

    def as_data(self) -> list:
        """What would be written, as plain data that is equal if and only if the same would be written."""
        links = {name: sorted(map(_as_data, targets)) for name, targets in self.links.items()}
        gone = {name: sorted(map(_as_data, targets)) for name, targets in self.unlinks.items()}
        values = {name: _as_data(value) for name, value in self.values.items()}
        return [self.model._meta.label, self.key, self.version, values, links, gone]


def with_needs(items: list[Item]) -> list[Item]:
    """The Items, and those that must be on file before them."""
    found, waiting = {}, list(items)
    while waiting:
        item = waiting.pop()
        if item not in found:
            found[item] = None
            waiting += item.needs()
    return list(found)


def _as_data(value) -> str:
    """An Item is told apart by what it says itself; deeper ones stand in the row that needs them too."""
    if not isinstance(value, Item):
        return str(value)
    return (
        f"{value.model._meta.label} {value.key or [str(v) for v in value.values.values() if not isinstance(v, Item)]}"
    )

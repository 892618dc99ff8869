"""Whether a record on file says already what a row says of it."""

from fengtai.importing.planning.items import Item
from fengtai.importing.reading.printed_fields import period_key
from fengtai.values.figures import Figure
from fengtai.values.growths import Basis, Growth
from fengtai.values.periods import Period
from fengtai.values.texts import plain

EMPTY = (None, "", [])
UNSAID = ("", Basis.NOT_STATED)


def note_change(item: Item, record, attribute: str, value, *, exact=False) -> None:
    if not says_the_same(record, attribute, value, exact=exact):
        item.change(attribute, value, stored_value(record, attribute))


def stored_value(record, attribute: str):
    return getattr(record, record._meta.get_field(attribute).attname)


def says_the_same(record, attribute: str, value, *, exact=False) -> bool:
    """Whether the record says so already; how a figure is typed and how wide a letter is makes no difference."""
    old = stored_value(record, attribute)
    if old == value or (old in EMPTY and value in EMPTY):
        return True
    if isinstance(old, Period) and isinstance(value, Period | str):
        return str(old) == str(value) if exact else period_key(old) == period_key(value or None)
    if isinstance(old, Figure | Growth) and isinstance(value, Figure | Growth):
        return str(old) == str(value) if exact else type(old) is type(value) and _same_reading(old, value)
    if isinstance(old, str) and isinstance(value, str) and not exact:
        return plain(old) == plain(value)
    return False


def _same_reading(old, new) -> bool:
    """All that the new one says, the old one says too: 6.5% adds nothing to 同比增长6.5%."""
    if old.is_unread or new.is_unread:
        return str(old) == str(new)
    for name in new.__slots__:
        value = getattr(new, name)
        may_be_left_out = name in ("versus", "note", "basis") and value in UNSAID
        if name != "printed" and value != getattr(old, name) and not may_be_left_out:
            return False
    return True

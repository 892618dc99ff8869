"""Writes whose failure names the row of the file at which it came, and tells a refusal from a fault."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fengtai.importing.planning.faults import RowFault
from fengtai.importing.planning.plans import Item

Place = tuple[str, int]  # of a row: sheet and number
NOWHERE: Place = ("", 0)


class ChangedSince(Exception):
    """Records were changed by somebody else in the meantime; `places` of the rows that would change them too."""

    def __init__(self, places: list[Place]):
        super().__init__(places)
        self.places = places


class Refused(Exception):
    """The database refused a row."""

    def __init__(self, place: Place, reason: str):
        super().__init__(place, reason)
        self.place, self.reason = place, reason


def write_guarded(items: list[Item], write: Callable, place_of: Callable[[Item], Place]) -> None:
    """Writes Items together; if that fails one by one, only to learn which row it is that fails."""
    keys = [item.key for item in items]
    try:
        with transaction.atomic():
            write(items)
    except ChangedSince:
        raise
    except Exception as error:
        for item, key in zip(items, keys, strict=True):
            item.key = key  # what was made is gone again
        place = next((place_of(item) for item in items if _fails(item, write)), NOWHERE)
        if isinstance(error, IntegrityError | ValidationError):
            raise Refused(place, _reason(error)) from error
        raise RowFault(*place) from error


def _fails(item: Item, write: Callable) -> bool:
    try:
        with transaction.atomic():
            write([item])
    except Exception:
        return True
    return False


def _reason(error: Exception) -> str:
    return "；".join(error.messages) if isinstance(error, ValidationError) else str(error).partition("\n")[0]

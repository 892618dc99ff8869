"""Writes whose failure names the row of the file at which it came, and tells a refusal from a fault."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fengtai.importing.planning.faults import LOST, RowFault
from fengtai.importing.planning.items import Item

Position = tuple[str, int, str]  # of a row in its file: sheet, number, and of a figure the letters of its column
NOWHERE: Position = ("", 0, "")


class ChangedSince(Exception):
    """Records were changed by somebody else in the meantime; `positions` of the rows that would change them too."""

    def __init__(self, positions: list[Position]):
        super().__init__(positions)
        self.positions = positions


class Refused(Exception):
    """The database refused a row."""

    def __init__(self, position: Position, reason: str):
        super().__init__(position, reason)
        self.position, self.reason = position, reason


def write_guarded(items: list[Item], write: Callable, position_of: Callable[[Item], Position]) -> None:
    """Writes Items together; if that fails one by one, only to learn which row it is that fails."""
    keys = [item.key for item in items]
    try:
        with transaction.atomic():
            write(items)
    except (ChangedSince, *LOST):
        raise
    except Exception as error:
        for item, key in zip(items, keys, strict=True):
            item.key = key  # what was made is gone again
        position = next((position_of(item) for item in items if _fails(item, write)), NOWHERE)
        if isinstance(error, IntegrityError | ValidationError):
            raise Refused(position, _reason(error)) from error
        raise RowFault(*position) from error


def _fails(item: Item, write: Callable) -> bool:
    try:
        with transaction.atomic():
            write([item])
    except LOST:
        raise
    except Exception:
        return True
    return False


def _reason(error: Exception) -> str:
    return "；".join(error.messages) if isinstance(error, ValidationError) else str(error).partition("\n")[0]

"""What stands against releasing a row, as a reviewer is told it."""

from dataclasses import dataclass

from django.db.models import Model


@dataclass(frozen=True)
class Finding:
    """An error stops a release, a warning asks. `field` is empty where the row as a whole is meant."""

    is_error: bool
    message: str  # in the reader's language
    row: Model  # the record, or the part of it
    field: str = ""
    as_printed: str = ""  # what a reviewer may accept all the same: a text that nothing reads


def error(message: str, row: Model, field: str = "", as_printed: str = "") -> Finding:
    return Finding(True, message, row, field, as_printed)


def warning(message: str, row: Model, field: str = "") -> Finding:
    return Finding(False, message, row, field)

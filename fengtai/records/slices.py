"""Many values in statements of a size that every database takes."""

from collections.abc import Iterator

ASKED = 900  # values in one statement: SQLite takes no more than a thousand parameters


def in_slices(values: list, size: int = ASKED) -> Iterator[list]:
    """So many of the values at a time, at most as many as one statement takes."""
    return (values[start : start + size] for start in range(0, len(values), size))

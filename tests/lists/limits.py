"""The limits of lists brought down to a few rows."""

from fengtai.lists import paging


def count_to(monkeypatch, number: int) -> None:
    """So many rows are counted, have pages with numbers and make light files; from twice as many on, rows are many."""
    limits = {"COUNTED": number, "NUMBERED": number, "HEAVY": number, "FEW": 2 * number}
    for name, rows in limits.items():
        monkeypatch.setattr(paging, name, rows)

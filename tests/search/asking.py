"""The search of the site as a reader uses it: what is found first, list by list, and what is offered instead."""

from html import unescape

from django.urls import reverse

FIRST = 3  # rows and lists among which the right record must be
REPORT = ("partners", "projects", "indicators")


def context_of(client, words: str) -> dict:
    return client.get(reverse("search"), {"q": words}).context


def first_rows(client, words: str) -> dict[str, list[str]]:
    """By list, the labels of the first rows of the first lists."""
    found = context_of(client, words)["found"][:FIRST]
    return {result["page"].name: labels_of(result)[:FIRST] for result in found}


def labels_of(result) -> list[str]:
    """The first cell of each row, without tags."""
    rows = str(result["rows"]).split("<tr>")[1:]
    return [_text(row.split("</td>")[0]) for row in rows]


def offered(client, words: str) -> list[str]:
    return [offer.words for offer in context_of(client, words).get("meant") or ()]


def _text(cell: str) -> str:
    pieces = (piece.rpartition(">")[2] for piece in cell.split("<"))
    return unescape("".join(pieces)).strip()

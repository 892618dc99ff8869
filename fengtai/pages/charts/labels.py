"""Which texts a drawing has room for: none stands on another, on a mark, or beyond the edge."""

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import east_asian_width

LATIN = 0.6  # of a Chinese character's width
GAP = 4


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def is_within(self, other: "Box") -> bool:
        beside = self.left >= other.left and self.right <= other.right
        return beside and self.top >= other.top and self.bottom <= other.bottom


def width_of(text: str, font: float) -> float:
    """About the width of a text of this size; rather a little too wide."""
    return sum(1 if east_asian_width(char) in "WF" else LATIN for char in text) * font


def fitting(text: str, width: float, font: float) -> str:
    """The text, cut with an ellipsis where it is wider than there is room."""
    if width_of(text, font) <= width:
        return text
    while text and width_of(f"{text}…", font) > width:
        text = text[:-1]
    return f"{text}…"


@dataclass(frozen=True)
class Wanted:
    """A text wanted above or below a point; `up` tells which of both is tried first."""

    x: float
    y: float
    text: str
    up: bool = True


@dataclass(frozen=True)
class Placed:
    wanted: Wanted
    x: float  # of the middle
    y: float  # of the baseline


def place(wanted: Iterable[Wanted], within: Box, taken: list[Box], font: float) -> list[Placed]:
    """The first wanted come first; what finds no room is left out.

    `taken` is what stands there already. Only the very first may stand on that, where there is no other room.
    """
    placed, boxes = [], []
    for one in wanted:
        tried = [(_placed(one, within, font, up=up)) for up in (one.up, not one.up)]
        free = [pair for pair in tried if pair[1].is_within(within) and not any(map(pair[1].meets, boxes))]
        clear = [pair for pair in free if not any(map(pair[1].meets, taken))]
        for found, box in (clear or (free if not placed else []))[:1]:
            boxes.append(box)
            placed.append(found)
    return placed


def _placed(one: Wanted, within: Box, font: float, *, up: bool) -> tuple[Placed, Box]:
    """Above or below its point; at an edge it moves inwards."""
    half = width_of(one.text, font) / 2
    x = min(max(one.x, within.left + half), within.right - half)
    bottom = one.y - GAP - 4 if up else one.y + GAP + 4 + font
    return Placed(one, x, bottom), Box(x - half, bottom - font, x + half, bottom + 2)


def thinned(places: list[tuple[float, str]], within: Box, font: float) -> list[tuple[float, str]]:
    """Of texts on one line the first and the last, and those between that keep clear of their neighbours."""
    kept: list[tuple[float, float]] = []
    order = [*places[:1], *places[-1:], *places[1:-1]] if len(places) > 1 else places
    found = []
    for x, text in order:
        half = width_of(text, font) / 2
        middle = min(max(x, within.left + half), within.right - half)
        left, right = middle - half - GAP, middle + half + GAP
        if all(right <= other_left or left >= other_right for other_left, other_right in kept):
            kept.append((left, right))
            found.append((middle, text))
    return sorted(found)

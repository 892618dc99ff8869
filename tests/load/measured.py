"""What a run measured: how long answers took from the moment they were due, and which failed."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HEADINGS = ("", "requests", "per second", "errors", "p50", "p95", "p99", "longest")


@dataclass(frozen=True)
class Answer:
    """When it was there (seconds of the clock), how long after it was due, what for, and why it failed, if it did."""

    at: float
    seconds: float
    name: str
    fault: str


def read(path: Path) -> list[Answer]:
    return [Answer(*one) for one in json.loads(path.read_text("utf-8"))]


def percentile(seconds: Iterable[float], percent: float) -> float:
    """The smallest value that so many percent do not exceed."""
    ordered = sorted(seconds)
    return ordered[max(math.ceil(len(ordered) * percent / 100) - 1, 0)]


def line(name: str, answers: list[Answer]) -> tuple:
    """A line of the table, in seconds."""
    times = [one.seconds for one in answers]
    span = max(one.at for one in answers) - min(one.at - one.seconds for one in answers)
    points = (percentile(times, percent) for percent in (50, 95, 99, 100))
    faults = sum(bool(one.fault) for one in answers)
    return name, len(answers), f"{len(answers) / span:.1f}", faults, *(f"{point:.3f} s" for point in points)


def table(lines: Iterable[tuple]) -> str:
    rows = [HEADINGS, *(tuple(map(str, one)) for one in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    told = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(f"| {one} |" for one in (told[0], " | ".join("-" * width for width in widths), *told[1:]))

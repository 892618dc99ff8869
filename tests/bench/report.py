"""The table: our figure, the peer's, their ratio, and whether the demand is met."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
LIBRARIES = (
    *("django", "django-tables2", "django-filter", "django-import-export"),
    *("openpyxl", "xlsxwriter", "rustpy-xlsxwriter"),
)


@dataclass(frozen=True)
class Line:
    """One number. `ratio` is compared with the limit; a line without a limit is for information."""

    what: str
    ours: str
    peer: str = ""
    peers: str = ""
    ratio: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def demanded(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return f"≤ {self.at_most:g}" if self.at_most is not None else ""

    @property
    def met(self) -> str:
        if self.ratio is None or not self.demanded:
            return ""
        good = self.ratio >= self.at_least if self.at_least is not None else self.ratio <= self.at_most
        return "yes" if good else "**no**"

    def cells(self) -> list[str]:
        ratio = "" if self.ratio is None else f"{self.ratio:.3g}"
        return [self.what, self.ours, self.peer, self.peers, ratio, self.demanded, self.met]


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def quicker(what: str, ours: float, peer: str, peers: float, at_least: float | None = None) -> Line:
    """How many times as much CPU the peer takes."""
    return Line(what, milliseconds(ours), peer, milliseconds(peers), peers / ours, at_least=at_least)


def dearer(what: str, ours: float, peer: str, peers: float, at_most: float | None = None) -> Line:
    """How many times the other's CPU we take."""
    return Line(what, milliseconds(ours), peer, milliseconds(peers), ours / peers, at_most=at_most)


def table(lines: Iterable[Line]) -> str:
    head = ["measured", "ours", "beside", "theirs", "ratio", "demanded", "met"]
    rows = [head, ["---"] * len(head), *(line.cells() for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write_page(size: int, order: list[str], tables: dict[str, str]):
    """Each section says how many rows it was measured with and when; those not measured this time stay as they are,
    and so do those that no group measures, at the end."""
    said = f"{size:,} organisations, {date.today().isoformat()}."
    sections = _sections() | {title: f"{said}\n\n{text}" for title, text in tables.items()}
    titles = dict.fromkeys([*order, *sections])
    parts = [_preface(), *(f"## {title}\n\n{sections[title]}\n" for title in titles if title in sections)]
    PAGE.write_text("\n".join(parts), "utf-8")


def _sections() -> dict[str, str]:
    parts = PAGE.read_text("utf-8").split("\n## ")[1:] if PAGE.exists() else []
    return {title: text.strip() for title, _, text in (part.partition("\n") for part in parts)}


def _preface() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"""# Performance

Written by `make bench`, section by section; do not edit by hand but what no group of it measures, at the end.

Every number is CPU time: of the process that serves the request and of the database that works for it. Contenders
are measured in turn and the median of at least three rounds is given, so the numbers hold on a machine that is busy
with other things. All see the same synthetic organisations (示例…), the same columns, the same middleware and one open
connection to the database.

{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; {libraries}.
`make bench` measures 20,000 rows in a few minutes, `make bench SIZE=1000000` a million; `ONLY=rows,download`
measures some groups.
"""

"""The indicators of the invented district, and what five years of each look like (`indicators.csv`)."""

import csv
from dataclasses import dataclass
from pathlib import Path

ACCOUNTS, YEARLY, STOCK, RUNNING, GROWTH = "accounts", "yearly", "stock", "running", "growth"
SCOPES = (
    ("区", "Example District"),
    ("科技园", "Example Science Park"),
    ("商务区", "Example Business District"),
    ("市", "Example City"),
)


@dataclass(frozen=True)
class Row:
    """`level` is that of 2019 in `unit`, `growths` those of 2020 to 2023 in per cent, `shown` how each is printed.

    `way` is how it is published: worked out in vintages, once a year, at the end of a year, in months added up, or as
    a growth alone. Years of `gaps` were never published.
    """

    code: str
    name: str
    english: str
    unit: str
    nature: str
    category: str
    way: str
    level: float
    growths: tuple[float, ...]
    decimals: int
    shown: tuple[str, ...]
    gaps: tuple[int, ...]
    headline: int | None
    definition: str
    part_of: str

    @classmethod
    def read(cls, told: dict) -> "Row":
        several = {"growths": float, "shown": str, "gaps": int}
        read = {name: tuple(map(kind, told[name].split())) for name, kind in several.items()}
        numbers = {"level": float(told["level"]), "decimals": int(told["decimals"])}
        place = {"headline": int(told["headline"]) if told["headline"] else None}
        return cls(**(told | read | numbers | place))


with Path(__file__).with_name("indicators.csv").open(encoding="utf-8") as _rows:
    ROWS = tuple(map(Row.read, csv.DictReader(_rows)))

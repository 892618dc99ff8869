"""Five years of figures: worked out in vintages, inexact, with gaps, growths alone, several scopes, months added up."""

from math import ceil, floor

from indicators.models import Indicator, Observation, Scope
from tests.bench.words import EXAMPLE
from tests.demo.indicator_words import ACCOUNTS, GROWTH, ROWS, RUNNING, SCOPES, STOCK, YEARLY, Row
from tests.demo.sources import Sources
from tests.demo.world import World

FREQUENCY = {ACCOUNTS: "quarterly", YEARLY: "yearly", STOCK: "yearly", RUNNING: "monthly", GROWTH: "monthly"}
LAST = 2023
MONTHS = ("1—2月", "一季度", "1—4月", "1—5月", "上半年", "1—7月", "1—8月", "前三季度", "1—10月")
QUARTERS = {"一季度": 0.236, "上半年": 0.481, "前三季度": 0.728}
DISTRICT, PARK, BUSINESS, CITY = range(1, 5)
WHY = {
    "preliminary": "初步核算数代替年快报预计数",
    "final": "最终核实数代替初步核算数",
    "census": "根据第五次全国经济普查结果修订",
}


class Figures:
    """`indicator` are keys by code."""

    def __init__(self, world: World, sources: Sources):
        self.world, self.sources, self.indicator = world, sources, {}
        for name, english in SCOPES:
            other = f"{EXAMPLE}市{EXAMPLE}区" if name == "区" else ""
            world.put(Scope, name=f"{EXAMPLE}{name}", name_en=english, other_names=other)
        ways = {ACCOUNTS: self._worked_out, YEARLY: self._yearly, STOCK: self._stock, RUNNING: self._running}
        for row in ROWS:
            self._indicator(row)
            ways.get(row.way, self._growth_alone)(row)

    def _indicator(self, row: Row):
        key = self.world.put(
            Indicator,
            name=f"{EXAMPLE}{row.name}",
            name_en=f"{row.english} (example)",
            other_names="示例GDP" if row.code == "gdp" else "",
            code=f"example-{row.code}",
            unit=row.unit,
            nature=row.nature,
            category=row.category,
            frequency=FREQUENCY[row.way],
            definition=row.definition,
            headline=row.headline,
            part_of_id=self.indicator.get(row.part_of),
        )
        self.indicator[row.code] = key
        self.world.cite(Indicator, key, "name", self.sources.bulletin[LAST], key + 1, row.name)

    def _state(self, row: Row, source: int, period: str, value="", growth="", scope=DISTRICT, **more) -> int:
        key = self.world.put(
            Observation,
            indicator_id=self.indicator[row.code],
            scope_id=scope,
            period=period,
            value=value,
            growth=growth,
            **more,
        )
        words = "，".join(filter(None, (f"{row.name}{value}", growth)))
        self.world.cite(Observation, key, "value" if value else "growth", source, key % 30 + 2, words)
        return key

    def _levels(self, row: Row) -> dict[int, float]:
        levels = {2019: row.level}
        for year, growth in zip(range(2020, LAST + 1), row.growths, strict=True):
            levels[year] = levels[year - 1] * (1 + growth / 100)
        return levels

    def _worked_out(self, row: Row):
        """Of the last two years what was expected first; of the last also the census."""
        for year, level in self._levels(row).items():
            growth = growth_of(row, year)
            vintages = [
                ("preliminary", 1.0, self.sources.bulletin[year]),
                ("final", 1.003, self.sources.yearbook.get(year, self.sources.bulletin[year])),
            ]
            if year >= LAST - 1:
                vintages.insert(0, ("expected", 0.997, self.sources.work[year + 1]))
            if year == LAST:
                vintages.append(("census", 1.027, self.sources.census))
            before = None
            for vintage, factor, source in vintages:
                printed = (
                    f"{level * factor / 10:.0f}0亿元左右" if vintage == "expected" else in_figures(row, level * factor)
                )
                growth_said = (
                    ""
                    if vintage == "census"
                    else f"同比增长{abs(growth) // 1:.0f}%左右"
                    if vintage == "expected"
                    else growth_in_words(growth)
                )
                more = {"supersedes_id": before, "reason": WHY[vintage]} if before else {}
                before = self._state(
                    row,
                    source,
                    f"{year}年",
                    printed,
                    growth_said,
                    vintage=vintage,
                    growth_basis="real" if growth_said else "",
                    **more,
                )
        for period, share in QUARTERS.items():
            level = self._levels(row)[LAST] * 1.027 * 1.054 * share
            self._state(
                row,
                self.sources.running,
                f"2024年{period}",
                in_figures(row, level),
                "同比增长5.4%",
                growth_basis="real",
                vintage="preliminary",
            )
        self._state(row, self.sources.work[2024], "2024年", "", "增长6%左右", vintage="target")
        self._elsewhere(row, self._levels(row))

    def _elsewhere(self, row: Row, levels: dict[int, float]):
        for scope, share in ((PARK, 0.31), (BUSINESS, 0.12)):
            for year in (LAST - 1, LAST):
                printed = f"{'超' if scope == BUSINESS else ''}{in_figures(row, levels[year] * share)}"
                self._state(row, self.sources.work[year + 1], f"{year}年", printed, scope=scope)

    def _yearly(self, row: Row):
        for number, (year, level) in enumerate(self._levels(row).items()):
            if year not in row.gaps:
                growth = growth_in_words(growth_of(row, year)) if year > 2019 and year - 1 not in row.gaps else ""
                printed = inexactly(row, level, row.shown[number % len(row.shown)])
                self._state(row, self.sources.bulletin[year], f"{year}年", printed, growth)

    def _stock(self, row: Row):
        """Once a year at its end; how many more is told as a number now and then. One of them states no day."""
        levels = self._levels(row)
        for number, (year, level) in enumerate(levels.items()):
            if year in row.gaps:
                continue
            printed = inexactly(row, level, row.shown[number % len(row.shown)])
            more = round(level) - round(levels.get(year - 1, level))
            exact = (
                printed == in_figures(row, level)
                and row.decimals == 0
                and row.shown[(number - 1) % len(row.shown)] == "{}"
            )
            growth = f"同比增加{more}{row.unit}" if exact and more > 0 and year - 1 not in row.gaps else ""
            period = "" if (row.code, year) == ("platforms", LAST) else f"{year}年末"
            self._state(row, self.sources.bulletin[year], period, printed, growth)
        if row.code == "population":
            self._state(row, self.sources.bulletin[LAST], f"{LAST}年末", "2185.8万人", scope=CITY)

    def _running(self, row: Row):
        self._yearly(row)
        whole, share = self._levels(row)[LAST] * 1.045, 0
        for number, period in enumerate(MONTHS):
            share += (0.17, 0.085, 0.075, 0.08, 0.085, 0.08, 0.078, 0.09, 0.085)[number]
            growth = growth_in_words(round(3.1 + self.world.chance.uniform(-1.4, 1.8), 1))
            self._state(row, self.sources.running, f"2024年{period}", in_figures(row, whole * share), growth)

    def _growth_alone(self, row: Row):
        for year, source in self.sources.bulletin.items():
            growth = round(self.world.chance.uniform(-3, 11), 1)
            above = round(self.world.chance.uniform(0.3, 2.4), 1)
            comparison = f"高于全市平均水平{above}个百分点" if year % 2 else ""
            self._state(
                row, source, f"{year}年", "", growth_in_words(growth), growth_basis="real", comparison=comparison
            )
        for period in MONTHS if row.code != "rd" else ("前三季度",):
            growth = round(self.world.chance.uniform(2, 9), 1)
            self._state(row, self.sources.running, f"2024年{period}", "", growth_in_words(growth), growth_basis="real")


def growth_of(row: Row, year: int) -> float:
    return row.growths[year - 2020] if year > 2019 else 6.2


def in_figures(row: Row, level: float) -> str:
    """In the unit and with the decimals of its indicator."""
    return f"{level:.{row.decimals}f}{row.unit}"


def inexactly(row: Row, level: float, shown: str) -> str:
    """Officials round what they do not state exactly: 余, 超 and 以上 below it, 近 above."""
    if shown == "{}":
        return in_figures(row, level)
    step = 10 ** (len(str(int(level))) - 2) if level >= 100 else 10 if level >= 30 else 1
    turned = ceil if shown.startswith("近") else floor if shown[-1] in "余上" or shown.startswith("超") else round
    number = f"{turned(level / step) * step}"
    return shown.format(f"{number}{row.unit}") if not shown.endswith("余") else f"{number}余{row.unit}"


def growth_in_words(growth: float) -> str:
    if not growth:
        return "与上年持平"
    return f"同比{'增长' if growth > 0 else '下降'}{abs(growth):.1f}%"

"""Tables that lie across, as statistics offices pass them on, made with numbers of their own."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from openpyxl import Workbook

from indicators.models import Observation

REGIONS = ["丰台区", "海淀区", "内蒙古自治区", "广西壮族自治区", "天津市"]
INDICATORS = [("示例生产总值", "亿元"), ("示例增加值", "万元"), ("示例从业人员", "万人"), ("示例销售面积", "万平方米")]
NOTES = [["注：1.按现价计算。"], ["　　2.口径与上年相同。"], ["数据来源：示例统计局"]]


@dataclass
class Made:
    """`figures`: cell, indicator, area, period, figure and growth, as the platform must read them."""

    path: Path
    figures: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)
    decided: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, cell, indicator, place, period, figure, growth=""):
        self.figures.append((cell, indicator, place, period, figure, growth))


class Numbers(Random):
    def level(self) -> str:
        return f"{self.randint(100, 99_999)}.{self.randint(1, 9)}"

    def growth(self) -> str:
        return f"{self.choice(['', '-'])}{self.randint(1, 20)}.{self.randint(1, 9)}"


def gbk(path: Path, rows: list[list]) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def xlsx(path: Path, rows: list[list], *merged: str) -> Path:
    """Texts that are numbers become numbers, as a spreadsheet keeps them."""
    book = Workbook()
    for row in rows:
        book.active.append([_typed(cell) for cell in row])
    for each in merged:
        book.active.merge_cells(each)
    book.save(path)
    return path


def _typed(cell):
    try:
        return float(cell) if isinstance(cell, str) and cell else cell or None
    except ValueError:
        return cell


def indicators_by_quarters(path: Path, numbers: Numbers) -> Made:
    """The quarter itself and the months since January, in rows of their own; notes at the foot."""
    made = Made(path / "quarters.csv", decided={"set": {"scope": "示例区"}})
    quarters = ["2022年第一季度", "2021年第四季度", "2021年第三季度", "2021年第二季度"]
    since_january = ["2022年1—3月", "2021年前四季度", "2021年前三季度", "2021年前二季度"]
    rows = [["数据库：示例季度数据"], ["时间：最近4季度"], ["指标", *quarters]]
    for name, unit in INDICATORS:
        for words, periods in (("当季值", quarters), ("累计值", since_january)):
            cells = [numbers.level() for _quarter in quarters]
            rows.append([f"{name}{words}({unit})", *cells])
            for letter, period, cell in zip("BCDE", periods, cells, strict=True):
                made.add(f"{letter}{len(rows)}", name, "示例区", period, f"{cell}{unit}")
    gbk(made.path, [*rows, *NOTES])
    return made


def regions_by_years(path: Path, numbers: Numbers) -> Made:
    """The indicator in a line above, the years as bare numbers."""
    made = Made(path / "regions.xlsx")
    years = [2024, 2023, 2022]
    rows = [["数据库：示例分省数据"], ["指标：年末示例人口(万人)"], ["时间：最近3年"], ["地区", *years]]
    for region in REGIONS:
        cells = [numbers.level() for _year in years]
        rows.append([region, *cells])
        for letter, year, cell in zip("BCD", years, cells, strict=True):
            made.add(f"{letter}{len(rows)}", "年末示例人口", region, f"{year}", f"{cell}万人")
    xlsx(made.path, [*rows, *NOTES])
    return made


def months_by_indicators_with_growth(path: Path, numbers: Numbers) -> Made:
    """Each indicator followed by its growth; a figure and a growth that are not given."""
    made = Made(path / "months.xlsx", decided={"set": {"地区": "示例区"}})
    headings = [heading for name, unit in INDICATORS for heading in (f"{name}({unit})", f"{name}同比增长(%)")]
    rows = [["示例月度数据"], ["时间", *headings]]
    for month in range(5, 0, -1):
        cells = [numbers.growth() if at % 2 else numbers.level() for at in range(2 * len(INDICATORS))]
        if month == 1:
            cells[0], cells[1], cells[3] = "…", "—", ""
        rows.append([f"2021年{month}月", *cells])
        for at, (name, unit) in enumerate(INDICATORS):
            level, growth = cells[2 * at], cells[2 * at + 1]
            if level != "…":
                growth = f"{growth}%" if growth else ""
                made.add(f"{'BDFH'[at]}{len(rows)}", name, "示例区", f"2021年{month}月", f"{level}{unit}", growth)
    xlsx(made.path, [*rows, *NOTES])
    return made


def regions_and_years_by_indicators(path: Path, numbers: Numbers) -> Made:
    """A column of years and one of regions; no units, and shares as fractions."""
    decided = {"unit": {"示例产值": "亿元", "示例户数": "户"}, "percent": {"示例占比": "fraction"}}
    made = Made(path / "panel.csv", decided=decided)
    rows = [["年份", "省份", "示例产值", "示例户数", "示例占比"]]
    for year in ("2015.0", "2016.0"):
        for region in REGIONS:
            level, count, share = numbers.level(), f"{numbers.randint(10, 999)}", f"0.{numbers.randint(1001, 9998)}"
            rows.append([year, region, level, count, share])
            for letter, name, figure in zip(
                "CDE", ("示例产值", "示例户数", "示例占比"), ("亿元", "户", ""), strict=True
            ):
                text = {
                    "C": level,
                    "D": count,
                    "E": f"{share[2:4].lstrip('0') or '0'}.{share[4:]}".rstrip("0").rstrip(".") + "%",
                }
                made.add(f"{letter}{len(rows)}", name, region, year[:4], f"{text[letter]}{figure}")
    gbk(made.path, rows)
    return made


def months_by_regions(path: Path, numbers: Numbers) -> Made:
    """Regions over the columns; the indicator and the unit in lines above."""
    made = Made(path / "by_regions.csv")
    rows = [["示例月报"], ["指标：示例零售额"], ["单位：亿元"], ["月份", *REGIONS]]
    for month in ("2023-03", "2023-02", "2023-01"):
        cells = [numbers.level() for _region in REGIONS]
        rows.append([month, *cells])
        for letter, region, cell in zip("BCDEF", REGIONS, cells, strict=True):
            made.add(f"{letter}{len(rows)}", "示例零售额", region, month, f"{cell}亿元")
    gbk(made.path, rows)
    return made


def years_over_levels_and_growth(path: Path, numbers: Numbers) -> Made:
    """Two rows of headings with merged cells, a column of units, section rows, a blank first heading."""
    made = Made(path / "two_rows.xlsx", decided={"set": {"scope": "示例区"}})
    rows = [["", "单位", "2023年", "", "2024年", ""], ["", "", "总量", "增速(%)", "总量", "增速(%)"]]
    for number, (name, unit) in enumerate(INDICATORS):
        if number % 2 == 0:
            rows.append([f"{'一二'[number // 2]}、示例分类"])
        cells = [numbers.growth() if at % 2 else numbers.level() for at in range(4)]
        rows.append([f"{number + 1}、{name}", unit, *cells])
        for at, year in ((0, "2023年"), (2, "2024年")):
            cell = f"{'CE'[at // 2]}{len(rows)}"
            made.add(cell, name, "示例区", year, f"{cells[at]}{unit}", f"{cells[at + 1]}%")
    xlsx(made.path, rows, "C1:D1", "E1:F1")
    return made


def growth_rows_below(path: Path, numbers: Numbers) -> Made:
    """A year over its quarters, and below each indicator the row of its growth."""
    made = Made(path / "growth_rows.csv", decided={"set": {"scope": "示例区"}})
    quarters = ["一季度", "二季度", "三季度", "四季度"]
    rows = [["示例主要指标"], ["指标", "2023年", "", "", ""], ["", *quarters]]
    for name, unit in INDICATORS[:2]:
        levels, growths = [[read() for _quarter in quarters] for read in (numbers.level, numbers.growth)]
        rows.append([f"{name}（{unit}）", *levels])
        for letter, quarter, level, growth in zip("BCDE", quarters, levels, growths, strict=True):
            made.add(f"{letter}{len(rows)}", name, "示例区", f"2023年{quarter}", f"{level}{unit}", f"{growth}%")
        rows.append(["　同比增长（%）", *growths])
    gbk(made.path, rows)
    return made


def indicators_over_years(path: Path, numbers: Numbers) -> Made:
    """Regions in rows; each indicator stands once over its years, in a file that cannot merge cells."""
    made = Made(path / "over_years.csv")
    years = ["2021年度", "2022年度", "2023年度"]
    first, second = INDICATORS[:2]
    rows = [["地区", f"{first[0]}({first[1]})", "", "", f"{second[0]}({second[1]})", "", ""], ["", *years, *years]]
    for region in REGIONS:
        cells = [numbers.level() for _column in range(6)]
        rows.append([region, *cells])
        for at, (letter, cell) in enumerate(zip("BCDEFG", cells, strict=True)):
            name, unit = INDICATORS[at // 3]
            made.add(f"{letter}{len(rows)}", name, region, years[at % 3], f"{cell}{unit}")
    gbk(made.path, rows)
    return made


SHAPES = [
    indicators_by_quarters,
    regions_by_years,
    months_by_indicators_with_growth,
    regions_and_years_by_indicators,
    months_by_regions,
    years_over_levels_and_growth,
    growth_rows_below,
    indicators_over_years,
]


def figures(found):
    """Of each figure that would be written: cell, indicator, area, period, level and growth, as `Made` tells them."""

    def name(target):
        return target.values["name"]

    return [
        (
            f"{row.column}{row.number}",
            name(row.item.values["indicator"]),
            name(row.item.values["scope"]),
            *(str(row.item.values.get(each, "")) for each in ("period", "value", "growth")),
        )
        for row in found.rows
        if row.item.model is Observation and row.outcome == "new"
    ]

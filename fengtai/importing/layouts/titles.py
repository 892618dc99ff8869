"""What the lines above and below a table say once for all of it: 指标：…, 地区：…, 2024年1-9月丰台区主要经济指标."""

import re

from fengtai.importing.layouts.names import Named, named
from fengtai.importing.layouts.regions import region_in
from fengtai.importing.reading.headings import find
from fengtai.importing.reading.list_imports import ListImport
from fengtai.values.period_refusals import PeriodError
from fengtai.values.periods import parse_period
from fengtai.workbooks.data import SheetData

SAYING = {"title", "note", "unit", "signature"}
LABELLED = re.compile(r"(?:^|[\s（(；;])([\u4e00-\u9fff]{2,6})\s*[:：]\s*([^\s：:；;]+(?:[（(][^）)]*[)）])?)")
DAYS = re.compile(
    r"(?:19|20)\d\d\s*年?\s*(?:第?[一二三四1-4]季度|前[一二三四两]季度|上半年|下半年|全年|末"
    r"|1\s*[-—–~至]\s*\d{1,2}\s*月|\d{1,2}\s*月|度)?"
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|(?!\d))")


class Titles:
    """The name of a sheet and its lines that are no rows."""

    def __init__(self, sheet: SheetData, declared: ListImport):
        first = min((row.number for row in sheet.rows), default=0)
        said = [line for line in sheet.skipped if line.kind in SAYING]
        self.above = [sheet.name, *(line.text for line in said if line.row < first)]
        self.labelled: dict[str, str] = {}
        for line in said:
            for label, text in LABELLED.findall(line.text):
                if where := find(label, declared.headings):
                    self.labelled.setdefault(where[0] if not where[1] else ".".join(where), text)

    def subject(self, declared: ListImport) -> Named | None:
        """The indicator that a line names as such."""
        text = self.labelled.get(declared.axes.subject, "")
        return named(text) if text else None

    @property
    def year(self) -> str:
        """The one year that the lines above name."""
        found = {year for text in self.above for year in YEAR.findall(text)}
        return found.pop() if len(found) == 1 else ""

    @property
    def place(self) -> str:
        return next(filter(None, map(region_in, self.above)), "")

    @property
    def says_cumulative(self) -> bool:
        return any("累计" in text for text in self.above)

    @property
    def period(self) -> str:
        """The one period that the lines above name."""
        found = {period for text in self.above for each in DAYS.findall(text) if (period := _read(each))}
        return found.pop() if len(found) == 1 else ""


def _read(text: str) -> str:
    try:
        return text.strip() if parse_period(text.strip()) else ""
    except PeriodError:
        return ""

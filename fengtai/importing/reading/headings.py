"""Which column of a sheet says what: its heading as clerks write it, found among the headings that a list knows."""

import re
import unicodedata
from dataclasses import dataclass, replace
from dataclasses import field as attribute

from fengtai.workbooks.cells import letters
from fengtai.workbooks.heading_texts import is_about_other

MARKS = frozenset(("序号", "编号", "no", "no.", "№", "行号", "项次", "#"))
BRACKETS = re.compile(r"[(\[{【〔][^)\]}】〕]*[)\]}】〕]")
VIRTUAL = 100_000  # from here on columns that no sheet has: said once for many rows, or by a table that lay across
PLANNED = re.compile("计划|预计|预期|拟|力争|目标")
IGNORED, UNKNOWN, DATA, MARK, NUMBER = "ignored", "unknown", "data", "mark", "number"
KEPT = "kept"  # without a place in the list: its cells go into the remark
IN_REMARK = "+"  # the answer that makes a column one of these
REST = {"ignore": IGNORED, "remark": KEPT}  # what every column that is not recognised may become at once


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file and what it is taken for."""

    sheet: str
    number: int
    heading: str = attribute(compare=False)
    unit: str = ""
    use: str = UNKNOWN
    field: str = ""
    part: str = ""
    sheet_unit: str = ""  # the sheet's one unit, where the heading names none
    place: int = attribute(default=0, compare=False)  # the column of the file in which a cell stands, if it is another
    row: int = attribute(default=0, compare=False)  # and the row, if that is not the row's own
    is_constant: bool = False  # stated once by a person, and in no column of the file

    @property
    def letter(self) -> str:
        return letters(self.place or self.number) if self.number < VIRTUAL or self.place else ""


def folded(heading: str) -> str:
    """A heading as it is compared: half width, small letters, without blanks, line breaks and asterisks."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"[\s*＊:：]+", "", text)


def find(heading: str, known: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    """The field and part of a heading: as it stands, without its brackets, or by its halves (园区/楼宇/地址)."""
    text = folded(heading)
    bare = BRACKETS.sub("", text)
    for candidate in (text, bare, bare.removeprefix("其中")):
        if candidate in known:
            return known[candidate]
    halves = {known[half] for half in re.split(r"[/、|]|或", BRACKETS.sub("", text)) if half in known}
    return halves.pop() if len(halves) == 1 else None


def take(sheet, declared, answers, ours: dict[str, str]) -> list[FileColumn]:
    """What every column of a sheet is taken for; the user's own answer comes first."""
    filled = {number for row in sheet.rows for number in row.cells}
    return [_column(sheet, heading, declared, answers, ours, heading.column in filled) for heading in sheet.headings]


def _column(sheet, heading, declared, answers, ours, filled: bool) -> FileColumn:
    unit = "" if heading.by_sheet else heading.unit
    found = FileColumn(sheet.name, heading.column, heading.text, unit, sheet_unit=_unit_of(sheet, heading))
    text = folded(heading.text)
    if text in answers.columns:
        return _answered(found, answers.columns[text])
    if BRACKETS.sub("", text) in declared.marks:
        return replace(found, use=MARK)
    known = declared.headings
    where = find(heading.text, known) or (find(heading.part, known) if heading.part else None)
    if where and not _is_planned(heading.text, where[0], declared):
        return replace(found, use=DATA, field=where[0], part=where[1])
    if text in ours:
        return replace(found, use=ours[text])
    return replace(found, use=REST.get(answers.rest, UNKNOWN) if filled else IGNORED)


def _is_planned(heading: str, name: str, declared) -> bool:
    """开工时间（计划）, or 开工时间 under 计划: what is planned has not happened; of money 计划 says no less."""
    is_figure = name in declared.fields and declared.fields[name].kind == "figure"
    return bool(PLANNED.search(heading)) and folded(heading) not in declared.headings and not is_figure


def _answered(column: FileColumn, answer: str) -> FileColumn:
    if answer == IN_REMARK:
        return replace(column, use=KEPT)
    field, _dot, part = answer.partition(".")
    return replace(column, use=DATA if field else IGNORED, field=field, part=part)


def _unit_of(sheet, heading) -> str:
    """A sheet in 万元 says nothing of its areas."""
    if heading.by_sheet:
        return heading.unit
    return "" if heading.unit or is_about_other(sheet.unit, heading.text) else sheet.unit

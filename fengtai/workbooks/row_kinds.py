"""What a row of a clerk's sheet is, by its layout alone: a total, a signature, a note, a unit row, or data."""

import re
import unicodedata

from fengtai.workbooks.data import Cell, Shown
from fengtai.workbooks.heading_texts import is_unit

COUNT = r"[\d,.]*(?:家|个|条|项|户|人|宗|笔|处|栋|万元|亿元|元|万|亿)?"
SUM = r"(?:合计|小计|总计|共计|总和|累计|平均)(?:数|值|金额|投资|投资额|总额)?|(?:金额|投资|投资额)(?:合计|小计|总计)"
TOTAL = re.compile(
    rf"(?:本页|本表|全表|以上|全部|截至目前)?(?:{SUM})(?::?{COUNT}|:?\((?:共|合计)?{COUNT}(?:项目|企业|单位)?\))"
    rf"|共计?[\d,]+(?:家|个|条|项|户)(?:项目|企业|单位)?|(?:grand|sub)?-?totals?:?|sum:?",
    re.IGNORECASE,
)
SIGNATURE = re.compile(
    r"(?:填报|填表|制表|审核|复核|报送|统计|经办|联系|负责|主管|上报|签发)(?:人|单位|部门|时间|日期|电话|负责人)?"
    r"(?:\((?:签字|签章|盖章|签名)\))?:.*|(?:单位|部门|分管|主要)(?:负责人|领导)?(?:\((?:签字|签章|盖章|签名)\))?:.*"
    r"|(?:填报|填表|制表|审核|复核|经办)(?:人|单位|日期|时间)|(?:日期|电话|联系方式|盖章|公章):.*",
    re.DOTALL,
)
NOTE = re.compile(
    r"(?:(?:填报|填表|填写|编制|指标|数据|补充)?(?:说明|要求|须知|依据|来源)|附?注|备注|注释|note|notes)\d*[:.、].*"
    r"|附?注|备注|注释|填报?说明|notes?|\(?以下(?:空白|无正文|无内容)\)?[.。]?",
    re.DOTALL | re.IGNORECASE,
)
UNIT_LINE = re.compile(r"(?:计量|金额|货币)?单位\s*[:：]\s*([^\s)）\]】;；。]+)")
EXAMPLE = re.compile(r"\(?(?:示例|例|example)\)?(?:\((?:勿填|请删除|delete)\))?:?", re.IGNORECASE)
DITTO = {"同上", '"', "〃", "″", "”", "''", "′′"}
LONGEST_DITTO = 6
RANKS = "甲乙丙丁戊己庚辛"


def plain(cell: Cell) -> str:
    """A cell's text for comparing, without width and blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(cell)))


def is_ditto(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST_DITTO and plain(cell).rstrip("。.") in DITTO


def kind_below(cells: dict[int, Cell]) -> str:
    """The kind of a row below the headings, or nothing if it is data."""
    cell = cells[min(cells)]
    if not isinstance(cell, str | Shown):
        return ""
    text = plain(cell)
    if is_total(text):
        return "total"
    if SIGNATURE.fullmatch(text):
        return "signature"
    if NOTE.fullmatch(text):
        return "note"
    return "example" if EXAMPLE.fullmatch(text) else ""


def is_total(text: str) -> bool:
    """A whole cell that names a sum: 合计, 小计（3家）, 共5个项目, Total."""
    return bool(TOTAL.fullmatch(plain(text)))


def kind_above(cells: dict[int, Cell], is_first: bool) -> str:
    """The kind of a row above the headings: the first is the title, if it is not something else."""
    text = plain(cells[min(cells)])
    if all(_is_unit_line(cell) for cell in cells.values()):
        return "unit"
    if SIGNATURE.fullmatch(text):
        return "signature"
    return "note" if NOTE.fullmatch(text) or not is_first else "title"


def _is_unit_line(cell: Cell) -> bool:
    text = plain(cell).strip("()[]【】")
    match = UNIT_LINE.fullmatch(text)
    return bool(match) and bool(units_in(text))


def units_in(text: str) -> list[str]:
    """The units that a line states: 单位：万元、平方米 → both; 单位：某某公司 → none."""
    stated = [re.split(r"[、,/和]", units) for units in UNIT_LINE.findall(unicodedata.normalize("NFKC", text))]
    return [unit for units in stated if all(map(is_unit, units)) for unit in units]


def is_unit_row(cells: dict[int, Cell], headings: dict[int, str]) -> bool:
    """Below the headings: nothing but units, and not merely the first value of a column of units."""
    texts = {column: plain(cell).strip("()[]【】") for column, cell in cells.items()}
    stated = [column for column, text in texts.items() if is_unit(text.removeprefix("单位:"))]
    others = [text for column, text in texts.items() if column not in stated]
    return bool(
        any("单位" not in headings.get(column, "") for column in stated)
        and all(text in {"-", "—", "--", "/", "单位", "计量单位"} for text in others)
    )


def is_numbering(cells: dict[int, Cell]) -> bool:
    """A row that numbers the columns: 甲 乙 1 2 3, (1) (2) (3), 栏次 1 2 3"""
    texts = [plain(cells[column]).strip("()") for column in sorted(cells)]
    rest = [text for text in texts if text not in RANKS and text not in {"栏次", "列次", "a", "b", "c", "A", "B", "C"}]
    return len(rest) >= 3 and rest == [str(number) for number in range(1, len(rest) + 1)]

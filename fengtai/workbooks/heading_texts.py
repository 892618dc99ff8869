"""What the text of a heading says: the form in which headings are compared, its unit, and what it measures."""

import re
import unicodedata

from fengtai.values.units import is_known
from fengtai.workbooks.data import Cell

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
LAST_BRACKET = re.compile(r"[(\[【]\s*(?:(?:计量)?单位\s*[:：]?)?\s*([^()\[\]【】]+?)\s*[)\]】]\s*\*?$")
AFTER_COLON = re.compile(r"(?:[:,/\s]|单位\s*[:：]?)\s*([^:,/\s]+)$")
PUNCTUATION = re.compile(r"[\s*:_]+")
HINTS = {"必填", "选填", "可选", "可空", "可不填", "必填项", "required", "optional"}
NO_MEASURE = set("起期批类例首字分度组单")
MONEY = re.compile("额|资金|投资|金|产值|收入|税|价|成本|利润|增加值|费|贷款|资本|营收")
MONIES, AREAS = ("元", "圆", "美金", "RMB", "USD"), ("平方米", "亩", "公顷", "平方公里", "㎡", "m2")
AREA = re.compile("面积|规模|占地")
RATE = re.compile("同比|环比|增速|增幅|增长|增减|升降|率|占比|比重")


def normalised(text: str) -> str:
    """The form in which headings are compared: without width, case, blanks, punctuation, units or hints in brackets."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return PUNCTUATION.sub("", BRACKETS.sub(_unless_it_matters, plain)) or PUNCTUATION.sub("", plain)


def _unless_it_matters(bracket: re.Match) -> str:
    """面积（数值） and 面积（单位） are two headings, 面积（平方米） is 面积."""
    inside = re.sub(r"^(?:计量)?单位", "", PUNCTUATION.sub("", bracket[0][1:-1]).strip())
    return "" if not inside or inside in HINTS or _is_measure(inside) else bracket[0]


def without_brackets(text: str) -> str:
    """The form in which headings are compared, without anything in brackets."""
    return normalised(BRACKETS.sub("", unicodedata.normalize("NFKC", text)))


def one_line(cell: Cell) -> str:
    return " ".join(str(cell).split())


def unit_in(text: str) -> str:
    """投资额（万元） → 万元; 签约（推介）项目 → nothing"""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = LAST_BRACKET.search(plain) or AFTER_COLON.search(plain)
    return found[1] if found and _is_measure(found[1]) else ""


def _is_measure(text: str) -> bool:
    """Whether a text is a unit; some words are units elsewhere and something else in a heading: 期间（起）."""
    return text not in NO_MEASURE and is_unit(text)


def is_unit(text: str) -> bool:
    return bool(text) and is_known(unicodedata.normalize("NFKC", text).strip())


def fits(unit: str, heading: str) -> bool:
    """Whether a sheet's one unit is meant for this column: money for amounts, areas for areas."""
    if unit.endswith(MONIES):
        return bool(MONEY.search(heading)) and not AREA.search(heading)
    return unit.endswith(AREAS) and bool(AREA.search(heading))


def is_about_other(unit: str, heading: str) -> bool:
    """Whether a column is clearly of another measure than the unit."""
    if RATE.search(heading) and "额" not in heading:
        return True
    if unit.endswith(MONIES):
        return bool(AREA.search(heading)) and not MONEY.search(heading)
    return unit.endswith(AREAS) and bool(MONEY.search(heading)) and not AREA.search(heading)

"""Texts that have the form of a figure and mean something else, or nothing definite."""

import re

from fengtai.values.figure_pattern import CHANGING_NOTE
from fengtai.values.figure_refusals import Code, FigureError
from fengtai.values.figure_words import Bound
from fengtai.values.numerals import BARE_SCALE

_YEAR = re.compile("(?:1[89]|20|21)[0-9]{2}")
_HAN_DIGITS = set("一二三四五六七八九十")
_COUNTED = set("家个项人户件条栋座处所场次台部批期届门位间层组年类轮")
_SPANS = {"年", "个月", "周", "天", "小时", "分钟", "个工作日"}


def refuse_doubts(printed: str, match: re.Match, bound: Bound) -> None:
    """Raises the first doubt that applies."""
    pieces = match.group("number", "unit", "idiom", "after", "note")
    number, unit, idiom, after, note = [piece or "" for piece in pieces]
    doubts = (
        (bound is Bound.EXACT and (idiom == "半" or _is_bare_scale(match)), Code.VAGUE, number or idiom),
        (bound is Bound.BETWEEN and not match["low"], Code.RANGE, after),
        (unit == "年" and _YEAR.fullmatch(number), Code.DATE, number + unit),
        (unit in _SPANS and "近" in match["lead"] + match["words"], Code.DATE, printed),
        (unit == "批" and number == "一", Code.VAGUE, "一批"),
        (number == "二" and unit in _COUNTED, Code.ORDINAL, number + unit),  # 二层 is the second, 两层 are two
        (unit in ("期", "届") and number in _HAN_DIGITS, Code.ORDINAL, number + unit),
        (unit == "起" and number[-1:] in ("万", "亿"), Code.UNIT, unit),
        ("起" in after and not unit, Code.UNIT, "起"),
        (note and CHANGING_NOTE.search(note), Code.NOTE, note),
    )
    for doubt, code, part in doubts:
        if doubt:
            raise FigureError(code, printed, part)


def _is_bare_scale(match: re.Match) -> bool:
    """近百家 is near 100, but 百家 is a phrase and 百万元 may be a unit. 百分之百 is a number."""
    return bool(match["number"]) and BARE_SCALE.fullmatch(match["number"]) is not None and match["front"] != "百分之"

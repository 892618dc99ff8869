"""Cells that name a total: 合计, 小计（3家）, 丰台区 计数, 产业类平均值; and what each of their words computes."""

import re
import unicodedata
from dataclasses import dataclass

COUNTED = "家|个|条|项|户|人|宗|笔|处|栋"
COUNT = rf"[\d,.]*(?:{COUNTED}|万元|亿元|元|万|亿)?"
SUM = r"(?:合计|小计|总计|共计|总和|累计|平均)(?:数|值|金额|投资|投资额|总额)?|(?:金额|投资|投资额)(?:合计|小计|总计)"
TOTAL = re.compile(
    rf"(?:本页|本表|全表|以上|全部|截至目前)?(?:{SUM})(?::?{COUNT}|:?\((?:共|合计)?{COUNT}(?:项目|企业|单位)?\))"
    rf"|共计?[\d,]+(?:{COUNTED})(?:项目|企业|单位)?|(?:grand|sub)?-?totals?:?|sum:?",
    re.IGNORECASE,
)
# As spreadsheets name the rows that they add themselves, in both languages.
COMPUTES = {
    "sum": "合计 小计 总计 共计 总和 总数 汇总 求和 总额 金额合计 投资合计 total sum subtotal",
    "count": "计数 数值计数 非空值计数 总计数 count",
    "mean": "平均 平均值 平均数 average",
    "most": "最大值 max",
    "least": "最小值 min",
    "other": "乘积 标准偏差 总体标准偏差 方差 总体方差 累计 product stddev stddevp var varp",
}
COMPUTED = {word: what for what, words in COMPUTES.items() for word in words.split()}
APART = {"平均", "累计", "总额"}  # end many a name where they do not stand apart: 成交总额, 本年累计
ENDINGS = frozenset("计和数值积差总均额）)：:")  # of most such cells; names end otherwise
DIGIT = re.compile(r"\d")
LAST = "|".join(sorted(COMPUTED, key=len, reverse=True))
LONGEST = 200  # characters of a cell that may name a total
HOW_MANY = rf"(?:共|合计)?(?P<count>[\d,]+)(?:{COUNTED})(?:项目|企业|单位)?"
BEHIND = re.compile(
    rf"(?P<group>.*?)(?P<gap>[\s:：\-—_]*|\()(?P<word>{LAST})\)?[:：]?\s*(?:\(?{HOW_MANY}\)?)?",
    re.IGNORECASE | re.DOTALL,
)
# What is summed up by a row that names nothing else: 全区小计, 产业类合计, 2024年合计.
GROUPS = re.compile(
    r"(?:全|本|各|以上|其中|上述|所有|全部).*|.*(?:区|市|省|县|旗|州|盟|街道|镇|乡|类|组|部分|批|期|年|月|季度|页|表|项目|企业|单位|产业|行业|"
    r"园区|楼宇|家|个|项)"
)


@dataclass(frozen=True, slots=True)
class TotalWord:
    """What a cell that names a total says: of which group, by which word, and of how many members."""

    group: str
    word: str
    count: int | None = None
    is_apart: bool = True  # the word stands apart from its group, or the group can be nothing else
    is_bracketed: bool = False  # 示例签约（合计）

    @property
    def computes(self) -> str:
        return COMPUTED.get(self.word.casefold(), "sum")


def is_total(text: str) -> bool:
    """A whole cell that names a sum: 合计, 小计（3家）, 共5个项目, Total."""
    return len(text) <= LONGEST and bool(TOTAL.fullmatch(_plain(text)))


def total_word(text: str) -> TotalWord | None:
    """What a cell says whose last word names a total; None for every other."""
    last = text.rstrip()[-1:]
    if len(text) > LONGEST or not (last in ENDINGS or last.isascii() or DIGIT.search(text)):
        return None
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    if is_total(folded) or _plain(folded) in COMPUTED:
        return _whole(_plain(folded))
    found = BEHIND.fullmatch(folded)
    if found is None or (not found["gap"] and (found["word"] in APART or found["word"].isascii())):
        return None
    group = found["group"].strip(" (")
    is_apart = _names_a_group(group) or (bool(found["gap"]) and not found["word"].isascii())
    return TotalWord(group, found["word"], _number(found["count"]), is_apart, found["gap"] == "(")


def _whole(text: str) -> TotalWord:
    word = next((word for word in sorted(COMPUTED, key=len, reverse=True) if word in text.casefold()), "合计")
    return TotalWord("", word, count_in(text))


def count_in(text: str) -> int | None:
    """How many members a text says its group has: 产业类（2项）, 共5个项目."""
    found = re.search(rf"([\d,]+)(?:{COUNTED})", _plain(text)) if len(text) <= LONGEST else None
    return _number(found and found[1])


def _names_a_group(text: str) -> bool:
    return bool(GROUPS.fullmatch(text.replace(" ", "")))


def _number(text: str | None) -> int | None:
    return int(text.replace(",", "")) if text and text.replace(",", "") else None


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))

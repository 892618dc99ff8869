"""What a figure covers, said beside its number: 人均5.2万元, 590亿元不含园区. It is kept as printed, apart from it."""

import re
from collections.abc import Iterator

from fengtai.values.figure_pattern import FOLD
from fengtai.values.figure_words import WORDS_AFTER, WORDS_BEFORE
from fengtai.values.numerals import NUMERAL

ALONE = (
    "人均 户均 亩均 地均 单位面积 年均 季均 月均 日均 平均 区属 市属 央属 区级 市级 本级 全口径 大口径 小口径 "
    "规上 规模以上 规下 规模以下 限上 限额以上 限下 限额以下 其中"
)
OF_SOMETHING = "不含 不包括 不包含 未含 未包括 含 包括 包含 仅含 仅 剔除 扣除"
# Names, without any word that could itself bound the figure or change its sign: 仅下降5% is a fall.
_NAME = rf"(?:增资|扩股|(?![增减升降涨跌落滑缩提持翻约近超逾突破达不足至到{NUMERAL}的])[A-Za-z\u4e00-\u9fff])"
_WORD = (
    rf"(?>{'|'.join(sorted(ALONE.split(), key=len, reverse=True))}"
    rf"|(?:{'|'.join(sorted(OF_SOMETHING.split(), key=len, reverse=True))}){_NAME}{{1,20}}+(?<![下上不未略大小高低])"
    rf"|仅|第[0-9一二三四五六七八九十]+[批期轮次])"
)
COVERAGE = re.compile(rf"{_WORD}(?:[、,和及]?{_WORD})*")
UNTOLD = "分别|各|每"  # beside a figure these say that it is one of several, and not which
QUALIFIER = re.compile(rf"{COVERAGE.pattern}|{WORDS_BEFORE}|{WORDS_AFTER}|{UNTOLD}")
# Before a word for figures as such alone: 规模以上工业增加值 is the name of an indicator.
LEADING = re.compile(
    rf"(?P<word>{'|'.join(sorted(ALONE.split(), key=len, reverse=True))}):?"
    r"(?:数值?|数据|值|数额|指标值|水平|增长率?|增速|增幅)?(?=[(\[【]|$)"
)
IN_BRACKETS = re.compile(r"[(\[【]\s*([^()\[\]【】]*?)\s*[)\]】]")
LONGEST = 200  # characters of a figure with what it covers
BETWEEN = " :：,，、()（）\u3000"


def is_coverage(text: str) -> bool:
    return bool(COVERAGE.fullmatch(text.translate(FOLD)))


def is_qualifier(text: str) -> bool:
    """Whether a text is nothing but words that belong to a figure: 累计, 左右, 人均."""
    return bool(text) and bool(QUALIFIER.fullmatch(text.translate(FOLD)))


def in_brackets(heading: str) -> list[str]:
    return IN_BRACKETS.findall(heading.translate(FOLD))


def qualifiers_in(heading: str) -> tuple[str, ...]:
    """The words of a heading that belong to the figures below it: 数值（不含园区）, 人均数值."""
    leading = LEADING.match(heading.translate(FOLD))
    return (*([leading["word"]] if leading else ()), *filter(is_qualifier, in_brackets(heading)))


def ways_apart(text: str) -> Iterator[tuple[str, str]]:
    """What may be the coverage in a text, before its figure or behind it, and what then is the figure."""
    positions = range(1, len(text)) if len(text) <= LONGEST else ()
    for at in positions:
        if is_coverage(text[:at].rstrip(BETWEEN)):
            yield text[:at].strip(BETWEEN), text[at:].lstrip(BETWEEN)
    for at in positions:
        if is_coverage(text[at:].strip(BETWEEN)):
            yield text[at:].strip(BETWEEN), text[:at].rstrip(BETWEEN)

"""What a heading or the name of a row says: the indicator, its unit, whether it is a growth, and of which days."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from fengtai.values.period_refusals import Kind, PeriodError
from fengtai.values.periods import parse_period
from fengtai.values.texts import plain, tidy
from fengtai.workbooks.heading_texts import unit_in
from fengtai.workbooks.period_rows import period_text

BRACKET = re.compile(r"\s*[（(\[【][^（）()\[\]【】]*[)）\]】]\s*\*?$")
BEHIND = re.compile(r"[:：,，/]\s*[^:：,，/]+$")
NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\d{1,2}[、．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|其中[:：]?|[#＃])\s*"
)
JOINTS = " 　_-—–:：、,，.·"
FOOTNOTES = "*＊※①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽"  # marks behind a name: GDP①
# What stands beside a level and is neither a level nor its growth: 位次, 增速排名, 环比增长（%）, 比重, 增减额.
ASIDE = re.compile(
    r"(?:.*(?:位次|排名|名次|排位|位序|序位)|环比.{0,4}|(?:比重|占比|构成|结构|权重)|(?:增减|增长|变动)[额量]|增量|差额"
    r"|(?:上年|去年|上期)(?:同期|同月|同季)?(?:累计|数|值|数值|完成)?)(?:[（(].*)?",
    re.DOTALL,
)
# 产值（亿元，累计） says what 产值累计（亿元） says.
MODE_INSIDE = re.compile(r"[（(]([^（）()，,、;；]*)[，,、;；]\s*((?:累计|当[季月期])[值数]?)[)）]$")
MODE_APART = re.compile(r"[（(]((?:累计|当[季月期])[值数]?)[)）]")
GROWN = (
    r"(?P<cumulative>累计)?(?:同比(?:±|增长速度|增长率|增长|增速|增幅|增减|变化)?|(?:比|较)(?:上年|去年|\d{4}年)(?:同期|同月|同季)?(?:增长|增减|增速|±)?"
    r"|增长速度|增速|增幅|增减|±|(?P<loose>增长率|增长))[%％]?$"
)
GROWTH = re.compile(GROWN)
CUMULATIVE = re.compile(
    r"(?:累计值|累计数|累计|1[-—–至~]本[月季](?:止)?(?:累计)?|本月止累计|自?年初累计|本年累计|年初至今)$"
)
CURRENT = re.compile(r"(?:当季值|当月值|当期值|本期值|本期|报告期|当季|当月|当期|本季|本月|单月)$")
MONTHLY = re.compile(r"\d{1,2}")
IN_WORDS = " 一二三四"


@dataclass(frozen=True, slots=True)
class Named:
    """`core` is the indicator; empty where a heading says only that its column is a growth, or a level."""

    core: str
    unit: str = ""
    is_growth: bool = False
    is_certain: bool = False  # that it is a growth: 增长率 may be what is measured
    cumulative: bool | None = None  # from January on, of its own months, or not said
    text: str = ""

    def goes_with(self, level: "Named") -> bool:
        """Whether this growth is that of a level."""
        other = {self.cumulative, level.cumulative} == {True, False}
        return self.is_growth and not other and (not self.core or plain(level.core).startswith(plain(self.core)))


@lru_cache(maxsize=4096)
def named(text: str) -> Named:
    """产值同比增长(%) → 产值, %, a growth; 国内生产总值累计值(亿元) → 国内生产总值, 亿元, from January on."""
    text = tidy(text)
    stated, text = text, MODE_APART.sub(r"\1", MODE_INSIDE.sub(r"\2(\1)", text))
    unit = unit_in(text)
    core = _without_unit(text) if unit else text
    core = NUMBERED.sub("", core).strip(JOINTS).rstrip(FOOTNOTES)
    growth = GROWTH.search(core)
    if growth:
        cumulative = True if growth["cumulative"] else None
        unit = unit or ("%" if growth[0][-1] in "%％±" else "")
        core, cumulative = _without_mode(core[: growth.start()].strip(JOINTS), cumulative)
        return Named(core, unit, True, bool(growth["cumulative"] or not growth["loose"]), cumulative, stated)
    core, cumulative = _without_mode(core, None)
    return Named(core, unit, cumulative=cumulative, text=stated)


def measured(growth: Named) -> Named:
    """人口自然增长率 beside no 人口自然 is itself what is measured; 产值同比增长 alone is the growth of the 产值."""
    if not growth.is_growth or growth.is_certain or not growth.core:
        return growth
    whole = NUMBERED.sub("", _without_unit(growth.text) if growth.unit else growth.text).strip(JOINTS)
    return replace(growth, core=whole, is_growth=False)


def stands_aside(text: str) -> bool:
    """Whether a column's own heading names a rank, or the growth since the period before."""
    return bool(ASIDE.fullmatch(plain(text)))


def _without_unit(text: str) -> str:
    bare = BRACKET.sub("", text)
    return bare if bare != text else BEHIND.sub("", text)


def _without_mode(core: str, cumulative: bool | None) -> tuple[str, bool | None]:
    for pattern, meaning in ((CUMULATIVE, True), (CURRENT, False)):
        if found := pattern.search(core):
            return core[: found.start()].strip(JOINTS), meaning
    return core, cumulative


def joined(texts: list[str], year: str = "") -> str:
    """A period from what stands over its column or in its row, 2023年 and 一季度; without a year, of the one given."""
    *before, last = [_worded(text) for text in texts]
    if not before and last.isdecimal():
        return last
    if _is_read(last):
        return last
    years = [text for text in (*before, year) if text]
    return f"{_with_sign(years[0])}{last}" if years else last


def _worded(text: str) -> str:
    return period_text(text) or text


def _with_sign(year: str) -> str:
    return f"{year}年" if year.isdecimal() else year.removesuffix("度")


def needs_year(text: str) -> bool:
    return bool(text) and not _is_read(text)


def _is_read(text: str) -> bool:
    try:
        return bool(parse_period(text))
    except PeriodError:
        return False


@lru_cache(maxsize=1024)
def from_january(text: str) -> str:
    """The months from January to the end of a quarter or month, as statistics print them; of other periods the same."""
    try:
        period = parse_period(text)
    except PeriodError:
        return text
    if period.kind == Kind.QUARTER and period.end.month > 3:
        return f"{period.start.year}年前{IN_WORDS[period.end.month // 3]}季度"
    if period.kind in (Kind.QUARTER, Kind.MONTH) and period.end.month > 1:
        return f"{period.start.year}年1—{period.end.month}月"
    if period.kind == Kind.HALF and period.end.month > 6:
        return f"{period.start.year}年1—12月"
    return text


def part_of_year(heading: str, cell) -> str:
    """5 under 月份 is 5月, 1 under 季度 is 第1季度."""
    text = unicodedata.normalize("NFKC", str(cell)).strip().removesuffix(".0")
    if MONTHLY.fullmatch(text) and "季" in heading:
        return f"第{text}季度"
    return f"{text}月" if MONTHLY.fullmatch(text) and "月" in heading else text

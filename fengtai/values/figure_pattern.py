"""The form of a figure or growth as one pattern built from the tables of words, and why a text does not have it."""

import re
from unicodedata import normalize

from fengtai.values.figure_refusals import Code, FigureError
from fengtai.values.figure_words import FRONTS, WORDS_AFTER, WORDS_BEFORE
from fengtai.values.numerals import IDIOMS, NUMERAL, SCALES
from fengtai.values.units import UNIT

# Full-width forms, PDF radicals and blanks become plain characters, one for one, so that positions in the folded text
# are those in the printed one. Nothing else is folded: ², ① and Ⅷ must not become digits.
_FOLDED_RANGES = ((0xFF01, 0xFFE7), (0xFE50, 0xFE6C), (0xF900, 0xFB00), (0x2F00, 0x2FE0), (0x2000, 0x200B))
_FOLDED = [code for first, end in _FOLDED_RANGES for code in range(first, end)] + [0xA0, 0x202F, 0x205F, 0x3000]
FOLD = {code: folded for code in _FOLDED if len(folded := normalize("NFKC", chr(code))) == 1}

NOT_GIVEN = re.compile("[-—–―─…]+")
_BASIS = r"(?:按?(?:可比价|不变价|现行价|现价|当年价)格?(?:计算)?|扣除价格因素(?:影响)?后?,?(?:实际)?|实际|名义),?\s*"
# What a change is compared with: names and dates, without any word that could itself be the change.
_OTHER = (
    r"(?:\d{1,4}年|\d{1,2}[月日]|第?[一二三四]季度|十[一二三四五]五|"
    rf"(?![增减升降涨跌落滑缩提持约近超逾的{NUMERAL}])[A-Za-z\u4e00-\u9fff])+?"
)
_SINCE = "同比|环比|同期|同口径|可比口径|自然口径|[两二三四五六七八九十]年(?:平均|年均)|年均|季均|月均"
_COMPARED = rf"""(?:
    (?P<since>{_SINCE})
  | (?:比|较|与|同)(?P<than>{_OTHER})(?:相比)?,?(?:(?P<more>高出?|多|快)|(?P<less>低|少|慢))?
  | (?:(?P<above>高于|高出|快于|好于|优于|多于|超出)|(?P<below>低于|慢于|少于))(?P<against>{_OTHER})
  | (?P<of>{_OTHER})的
)\s*"""
VERSUS = ("since", "than", "against", "of")

GRAMMAR = re.compile(
    rf"""
    (?P<lead>{WORDS_BEFORE})
    (?P<compared>(?:{_BASIS})?(?:{_COMPARED})?(?:{_BASIS})?)
    (?P<words>{WORDS_BEFORE})
    (?:(?P<sign>[-+−]|负)\s*)?
    (?:(?P<front>{"|".join(map(re.escape, FRONTS))})\s*)?
    (?:(?=.*[-—–~〜至到])(?P<low>[{NUMERAL}]+?)\s*(?P<low_unit>{UNIT})?\s*(?P<dash>-{{1,2}}|—{{1,2}}|–|~|〜|至|到)\s*)?
    (?:
        (?P<idiom>{"|".join(sorted(IDIOMS, key=len, reverse=True))})
      | (?P<number>[{NUMERAL}]+?(?:\s+[{SCALES[1:]}]+)??)\s*
        (?:(?P<odd>[余多来])\s*(?P<scale>[{SCALES}]*?)\s*)?(?P<unit>{UNIT})?
    )
    \s*(?P<after>{WORDS_AFTER})
    (?:\(\s*(?P<note>[^()]*[^()\s])\s*\))?
    """,
    re.VERBOSE | re.ASCII,
)

# Remarks that would change the figure if they were read along with it: 30亿元（减少）, 30（万元）, 以上（不含）.
CHANGING_NOTE = re.compile(
    r"[0-9%‰百千万亿元倍减降负亏跌]|[一二三四五六七八九两]成|回落|下滑|缩|分别|左右|上下|以[上下内]|不[足到低少超]"
    rf"|^[约超近逾]|(?<!人民)币|^(?:{UNIT}|余|多|起|不含|不含本数)$"
)

# Tried in this order on a text without the form, to name what stands in the way.
_DIAGNOSES = [
    (code, re.compile(pattern, re.ASCII))
    for code, pattern in (
        (Code.BLANK, rf"[{NUMERAL}]+\s+(?![{SCALES[1:]}])[{NUMERAL}]+"),
        (
            Code.DATE,
            r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{4}-0\d|(?:1[89]|20)\d\d年(?!同期|的)\S*|十[一二三四]五|[上下]半年",
        ),
        (Code.DATE, r"(?:\d+|[一二三四五六七八九十]+)(?:月份?|日|号)(?:\d+日)?|第?[一二三四1-4]季度"),
        (Code.DATE, "[〇零一二三四五六七八九]{4}年"),
        (Code.RATIO, rf"[{NUMERAL}]+(?:\s*[:∶比]\s*[{NUMERAL}]+)+"),
        (Code.FRACTION, rf"(?<![{NUMERAL}])(?!百分之|千分之)[{NUMERAL}]+分之[{NUMERAL}]+|\d+\s*/\s*\d+"),
        (Code.NUMBER, r"[\d.]+[eE][-+]?\d+|\d+(?:\.\d+){2,}"),
        (Code.SEVERAL, rf"[{NUMERAL}]+(?:\s*[+*×÷=]\s*[{NUMERAL}]+)+|分别|[各每、;]"),
        (Code.SEVERAL, r"\d[^,;]*[,;][^\d]+\d.*"),
        (Code.ORDINAL, rf"第\s*[{NUMERAL}]+|首[个次家批台届项条位]"),
        (
            Code.VAGUE,
            "[数几][十百千万亿]|[十百千万亿][数几]|几|若干|许多|众多|大量|[一二两三四五六七八九]{2,}|一批|一些",
        ),
        (Code.VAGUE, "数以.+计|成百上千|[多数]家|[多数]个|不少|部分|[多少]数|[大多]半|无数"),
        (Code.RELATIVE, "同比|环比|翻|[高低快慢多少]于|收窄|扩大|缩小|[比较].+|.+的"),
    )
]
_BEGUN = re.compile(
    rf"{WORDS_BEFORE}[-+−负]?(?:{'|'.join(map(re.escape, FRONTS))})?[{NUMERAL}]+[余多来]?"
    rf"(?P<unit>{UNIT})?{WORDS_AFTER}",
    re.ASCII,
)
_ANY_NUMBER = re.compile("[0-9零一二三四五六七八九十两]")


def diagnosis(printed: str) -> FigureError:
    """The error with the most helpful reason why the text does not have the form of a figure."""
    folded = printed.translate(FOLD)
    for code, pattern in _DIAGNOSES:
        if found := pattern.search(folded):
            return FigureError(code, printed, printed[found.start() : found.end()])
    begun = _BEGUN.match(folded)
    if not begun:
        first = _ANY_NUMBER.search(folded)
        return FigureError(Code.WORDS, printed, printed[: first.start()] if first and first.start() else printed)
    rest = printed[begun.end() :].strip()
    return FigureError(_trouble_after(folded[begun.end() :].strip(), bool(begun["unit"])), printed, rest or printed)


def _trouble_after(rest: str, has_unit: bool) -> Code:
    if rest.startswith("("):
        return Code.NOTE
    if _ANY_NUMBER.search(rest):
        return Code.RANGE if rest[0] in "-—–~〜至到" else Code.SEVERAL
    return Code.WORDS if has_unit else Code.UNIT

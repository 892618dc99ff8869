"""The part of a text that keeps it from being read as a period, and the reason."""

import re

from fengtai.values.period_patterns import CUMULATIVE, ENDINGS, NUMBER, OPENINGS, SPANS, TO, find, forms
from fengtai.values.period_refusals import FIRST_YEAR, PeriodError
from fengtai.values.period_words import NUMERAL, RELATIVE

_VAGUE = (
    rf"\A(?:约|大概|长期|一直)|(?:[上中下]旬|第? {NUMBER} 个? (?:周|星期)|[初中末前后]期|[春夏秋冬]季?"
    r"|[中初]|左右|[以之]?[前后]|前后)\Z"
)
_DATE_SIGN = f"[0-9{NUMERAL}十年月日号度季份末底初第上下半个QqHh./ ]"
_REFUSALS = forms(
    (r"\A[0-9]{1,2} ([-/.]) [0-9]{1,2}(?: \1 [0-9]{4})?\Z", "words"),  # 1-9  4/3/2024: each can say two things
    (r"\A[0-9]{2} ([-/.]) [0-9]{1,2} \1 [0-9]{1,2}(?![0-9])", "short_year"),
    (rf"\A(?:{RELATIVE})", "relative"),
    (rf"{_DATE_SIGN}+{TO}{_DATE_SIGN}+", "range"),
    (RELATIVE, "relative"),
    (rf"[0-9]{{1,2}}:[0-9]{{2}}(?:[:.][0-9]+)*|[0-9{NUMERAL}]+ [时点]|[上中下]午|凌晨", "clock"),
    (rf"(?<![0-9])(?<![0-9]\s)[0-9]{{2}} 年|\A[{NUMERAL}]{{2}} 年|\A[0-9]{{2}} [QqHh][1-4]\Z", "short_year"),
    (_VAGUE, "vague"),
    (r"\A[0-9]{5}(?:\.[0-9]+)?\Z", "serial_number"),
)
_ISO_DATE = re.compile(r"(?<![0-9])[0-9]{4}([-/.])[0-9]{1,2}(?:\1[0-9]{1,2})?(?![0-9])")


def refusal(text: str) -> PeriodError:
    """The reason why a text that has none of the forms is refused."""
    if not text.isprintable():
        return PeriodError(text, next(sign for sign in text if not sign.isprintable()), "control_character")
    masked = _ISO_DATE.sub(lambda found: "日" * len(found[0]), text)  # the hyphens inside a date make no range
    for form, code in _REFUSALS:
        if found := form.search(masked if code == "range" else text):
            part = text[found.start() : found.end()].strip()
            if code != "range" or not find(CUMULATIVE, part, FIRST_YEAR):  # 1—9月 is no reason to refuse
                return PeriodError(text, part, code)
    return PeriodError(text, _unread(text), "words")


def _unread(text: str) -> str:
    """What is left beside the longest piece that can be read."""
    readable = [match for form, _ in SPANS + CUMULATIVE + OPENINGS + ENDINGS if (match := form.search(text))]
    if not readable:
        return text
    longest = max(readable, key=lambda match: len(match[0]))
    return text[longest.end() :].strip() or text[: longest.start()].strip() or text

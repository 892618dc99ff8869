"""Figures typed in English as sources print them: 218.75 billion is 218750000000, up 6.5 % on the year before 增长6.5%.

What the site prints beside a figure is read again: the words that bound it or say since when are looked for by the
number alone, and a unit by its Chinese name where only one has that name in English.
"""

import re
from collections import Counter
from decimal import Decimal

from fengtai.values.english_growths import SINCE
from fengtai.values.english_questions import BOUNDS, OTHER_UNITS, SCALES, periods_in_chinese
from fengtai.values.english_units import UNITS

WAYS = {"up": "增长", "down": "下降"}
AFTER = ("or more", "or less", *(words.strip() for words in SINCE.values()), "at constant prices", "at current prices")
LETTER = re.compile("[A-Za-z²]")


def _unit_names() -> dict[str, str]:
    """The Chinese unit by its names in English; "" where several are called so."""
    named = [(form, unit) for unit, forms in UNITS.items() for form in dict.fromkeys(forms) if form]
    called = Counter(form for form, _unit in named)
    return {form.lower(): unit if called[form] == 1 else "" for form, unit in named} | OTHER_UNITS


UNIT_NAMES = _unit_names()


def _any(words) -> str:
    """One of some words, the longest that fits."""
    ends = (rf"{re.escape(word)}\b" if word[-1].isalpha() else re.escape(word) for word in words)
    return "|".join(sorted(ends, key=len, reverse=True))


FIGURE = re.compile(
    rf"(?:\b(?P<way>up|down)(?: by)?\s+)?(?P<bound>\b(?:{_any(BOUNDS)})\s+)?(?<![\d.,])(?P<number>\d[\d,]*(?:\.\d+)?)"
    rf"(?:\s*(?P<scale>{_any(SCALES)}))?(?:\s*(?P<unit>{_any(UNIT_NAMES)}))?(?P<after>(?:,?\s+(?:{_any(AFTER)}))*)",
    re.IGNORECASE,
)


def written_out(text: str) -> str:
    """The same words with figures and periods as a Chinese print has them."""
    if not LETTER.search(text) and "%" not in text:
        return text
    return FIGURE.sub(_written_out, periods_in_chinese(text))


def _written_out(found: re.Match) -> str:
    if not any(found[part] for part in ("way", "bound", "scale", "unit", "after")):
        return found[0]
    unit, number = UNIT_NAMES.get((found["unit"] or "").lower(), ""), Decimal(found["number"].replace(",", ""))
    if found["scale"]:
        number = (number * SCALES[found["scale"].lower()]).normalize()
    is_growth = found["way"] and unit in ("%", "个百分点")
    return f"{WAYS[found['way'].lower()] if is_growth else ''}{_scaled(number)}{unit}"


def _scaled(number: Decimal) -> str:
    for scale, name in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            return f"{(number / scale).normalize():f}{name}"
    return f"{number:f}"

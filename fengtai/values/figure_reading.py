"""One text understood: value, unit, bound and sign, before it is called a figure or a growth."""

import re
from decimal import Decimal
from typing import NamedTuple

from fengtai.values.figure_pattern import CHANGING_NOTE, FOLD, GRAMMAR, NOT_GIVEN, diagnosis
from fengtai.values.figure_refusals import Code, FigureError
from fengtai.values.figure_words import (
    CHANGES,
    FRONTS,
    GAPS,
    MEANING_AFTER,
    MEANING_BEFORE,
    MIRROR,
    RATES,
    SAID_BOUNDS,
    WORD_AFTER,
    WORD_BEFORE,
    Bound,
    Role,
)
from fengtai.values.numerals import EXACT, SAID, SAID_CHANGES, SCALES, plain, read_number
from fengtai.values.units import DECLARED, Unit, is_known, split_unit, unit_of

LONGEST_TEXT = 100
INTEGER_DIGITS = 18
DECIMAL_PLACES = 6
_TOO_LARGE = Decimal(10**INTEGER_DIGITS)

_BARE_SCALE = re.compile(f"[{SCALES[1:]}][{SCALES}]*")
_YEAR = re.compile("(?:1[89]|20|21)[0-9]{2}")
_HAN_DIGITS = set("一二三四五六七八九十")
_COUNTED = set("家个项人户件条栋座处所场次台部批期届门位间层组年类轮")
_SPANS = {"年", "个月", "周", "天", "小时", "分钟", "个工作日"}
# 5—10万元 means 5万 to 10万; only what stands behind the whole number is shared, never the 百 of 三百.
_SHARED_SCALE = re.compile("(?<=[0-9])[百千][万亿]*$|[万亿]+$")


class Reading(NamedTuple):
    printed: str
    value: Decimal | None
    upper: Decimal | None
    unit: str
    bound: Bound
    roles: tuple[Role, ...]
    match: re.Match | None

    def piece(self, *groups: str) -> str:
        """What is printed where the first of these groups that matched stands."""
        for group in groups if self.match else ():
            if self.match[group]:
                return self.printed[self.match.start(group) : self.match.end(group)]
        return ""


def admit(text: str) -> str:
    """The text without outer white space, if it is short and every character can be seen."""
    printed = text.strip()
    if not printed:
        raise FigureError(Code.EMPTY, text, "")
    if len(printed) > LONGEST_TEXT:
        raise FigureError(Code.TOO_LONG, text, printed[:20])
    folded = printed.translate(FOLD)
    if not folded.isprintable():
        hidden = next(character for character in folded if not character.isprintable())
        raise FigureError(Code.CHARACTER, text, f"U+{ord(hidden):04X}")
    return printed


def read(printed: str, unit: str = "") -> Reading:
    """Reads a text, and with it the unit that its column declares."""
    if not unit:
        return _read(printed)
    split = split_unit(unit.translate(FOLD))
    if not split or split[1] in MEANING_BEFORE or split[1] in MEANING_AFTER:
        raise FigureError(Code.UNIT, printed, unit)
    scale, name = split
    if not name or is_known(name):
        return _read_in_unit(printed, scale, name)
    try:
        reading = _read_in_unit(printed.replace(name, DECLARED), scale, DECLARED)
    except FigureError as error:
        raise FigureError(error.code, printed, error.part.replace(DECLARED, name)) from None
    return reading._replace(printed=reading.printed.replace(DECLARED, name), unit=reading.unit.replace(DECLARED, name))


def _read_in_unit(printed: str, scale: str, name: str) -> Reading:
    reading = _read(printed)
    if reading.match is None:
        return reading
    base = unit_of(name).base if name else ""
    if reading.match["said"] in SAID_CHANGES and reading.value == 0:
        return reading._replace(unit=base)  # 持平 is no change, of whatever the column counts
    if reading.unit:
        if reading.unit != base or (scale and not reading.piece("unit", "said", "low_unit")):
            raise FigureError(Code.CONFLICT, printed, reading.piece("unit", "said", "front"))
        return reading
    composed = _read(_with_unit(reading, scale, name))
    if composed.unit != base:
        raise FigureError(Code.CONFLICT, printed, name)
    return composed


def _with_unit(reading: Reading, scale: str, name: str) -> str:
    """The unit goes where the source would have printed it: 300余家, 30亿元（拟投资）, 5万元以上."""
    match = reading.match
    numeral = _numeral(match)
    if scale and re.search("[万亿萬億]", (match["low"] or "") + numeral):
        if not re.search(f"[0-9]{scale}$", numeral):
            raise FigureError(Code.CONFLICT, reading.printed, reading.piece("number"))
        scale = ""  # 3.5亿 in a column of 亿元 is 3.5亿元
    at = match.end("scale" if match["odd"] else "number")
    return reading.printed[:at] + scale + name + reading.printed[at:]


def _read(printed: str) -> Reading:
    folded = printed.translate(FOLD)
    if NOT_GIVEN.fullmatch(folded):
        return Reading(printed, None, None, "", Bound.NOT_GIVEN, (), None)
    match = GRAMMAR.fullmatch(folded)
    if not match:
        raise diagnosis(printed)
    words = [word for group in ("lead", "words") if match[group] for word in WORD_BEFORE.findall(match[group])]
    bound, roles = _bound(printed, match, words), _roles(printed, match, words)
    _refuse_doubts(printed, match, bound)
    unit = _unit(printed, match)
    value, upper = _amounts(printed, match, unit)
    if Role.DOWN in roles or match["sign"] in ("-", "−", "负"):
        value, upper = (-value, None) if upper is None else (-upper, -value)
        bound = bound if match["sign"] else MIRROR.get(bound, bound)
    return Reading(printed, value, upper, unit.base, bound, roles, match)


def _bound(printed: str, match: re.Match, words: list[str]) -> Bound:
    """The one bound that all words agree on. 约300余家 says about and more than: which of them is not ours to say."""
    low, odd, said, after = match.group("low", "odd", "said", "after")
    found = [(Bound.BETWEEN, low)] if low else []
    found += [(MEANING_BEFORE[word], word) for word in words]
    if odd:
        found.append((Bound.ABOUT if odd == "来" else Bound.MORE_THAN, odd))
    if after:
        found += [(MEANING_AFTER[word], word) for word in WORD_AFTER.findall(after)]
    if said in SAID_BOUNDS:
        found.append((SAID_BOUNDS[said], said))
    found = [(bound, word) for bound, word in found if isinstance(bound, Bound)]
    for bound, word in found:
        if bound is not found[0][0]:
            raise FigureError(Code.BOUNDS, printed, word)
    return found[0][0] if found else Bound.EXACT


def _roles(printed: str, match: re.Match, words: list[str]) -> tuple[Role, ...]:
    """The one change, and whether a word before it makes a level of the figure."""
    changes = [(role, word) for word in words if (role := MEANING_BEFORE[word]) in CHANGES]
    if match["compared"]:
        changes += [(role, match[gap]) for gap, role in GAPS.items() if match[gap]]
    if len(changes) > 1 and changes[0][1] in RATES:
        del changes[0]
    said = match["said"] if match["said"] in SAID_CHANGES else ""
    if len(changes) > 1 or (changes and said):
        raise FigureError(Code.SIGN, printed, said or changes[-1][1])
    roles = tuple(role for role, _ in changes)
    if roles and match["low_unit"] and match["dash"] in ("至", "到"):
        raise FigureError(Code.RANGE, printed, match["dash"])  # 增加3家至58家 gives the change and the level
    if match["sign"] and (match["low"] or said or (roles and roles != (Role.UP,))):
        raise FigureError(Code.SIGN, printed, match["sign"])
    return roles + tuple(Role.LEVEL for word in words if MEANING_BEFORE[word] is Role.LEVEL)


def _refuse_doubts(printed: str, match: re.Match, bound: Bound) -> None:
    """Texts that have the form of a figure and mean something else, or nothing definite."""
    pieces = match.group("number", "unit", "said", "after", "note")
    number, unit, said, after, note = [piece or "" for piece in pieces]
    doubts = (
        (bound is Bound.EXACT and (said == "半" or _is_bare_scale(match)), Code.VAGUE, number or said),
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
    return bool(match["number"]) and _BARE_SCALE.fullmatch(match["number"]) is not None and match["front"] != "百分之"


def _unit(printed: str, match: re.Match) -> Unit:
    if match["said"]:
        return Unit((SAID | SAID_CHANGES)[match["said"]].unit, Decimal(1))
    front = FRONTS.get(match["front"])
    if not match["unit"]:
        return Unit(front or "", Decimal(1))
    unit = unit_of(match["unit"])
    if front and (front in "%‰" or front != unit.base):
        raise FigureError(Code.CONFLICT, printed, match["unit"])
    return unit


def _amounts(printed: str, match: re.Match, unit: Unit) -> tuple[Decimal, Decimal | None]:
    """The value or, of a range, its two ends."""
    if match["said"]:
        if match["low"] or match["front"]:
            raise FigureError(Code.NUMBER, printed, printed)
        return (SAID | SAID_CHANGES)[match["said"]].value, None
    numeral = _numeral(match)
    if _BARE_SCALE.fullmatch(match["number"]):
        numeral = f"一{numeral}"  # 近百家, 百余家
    value = _scaled(printed, numeral, unit)
    if not match["low"]:
        return value, None
    lower_unit = unit_of(match["low_unit"]) if match["low_unit"] else unit
    lower = _scaled(printed, _lower_numeral(printed, match["low"], numeral, bool(match["low_unit"])), lower_unit)
    if lower_unit.base != unit.base or lower >= value:
        raise FigureError(Code.RANGE, printed, printed)
    return lower, value


def _numeral(match: re.Match) -> str:
    """The whole number of 1800多亿元 or 3.5 亿元 in one piece."""
    return (match["number"] + (match["scale"] or "")).replace(" ", "")


def _lower_numeral(printed: str, low: str, high: str, complete: bool) -> str:
    """The lower end in full. 三至五百 is 3 or 300 to 500, so it is refused."""
    if re.fullmatch("[一二两三四五六七八九]", low) and re.match("[一二两三四五六七八九][十百千]", high):
        raise FigureError(Code.RANGE, printed, printed)
    shared = _SHARED_SCALE.search(high)
    return low if complete or not shared or re.search("[万亿萬億]", low) else low + shared[0]


def _scaled(printed: str, numeral: str, unit: Unit) -> Decimal:
    number = read_number(numeral)
    if number is None:
        error = diagnosis(printed)
        known = error.code in (Code.VAGUE, Code.DATE, Code.NUMBER)
        raise error if known else FigureError(Code.NUMBER, printed, numeral)
    value = plain(EXACT.multiply(number, unit.factor))
    length = sum(character.isdigit() for character in numeral)
    decimals = -value.as_tuple().exponent
    if length > INTEGER_DIGITS or value >= _TOO_LARGE or decimals > DECIMAL_PLACES:
        raise FigureError(Code.TOO_LARGE, printed, numeral)
    return value

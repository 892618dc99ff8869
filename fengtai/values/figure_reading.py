"""What one text says, before it is called a figure or a growth: value, unit, bound and change."""

import re
from decimal import Decimal
from typing import NamedTuple

from fengtai.values.figure_amounts import amounts, unit_printed
from fengtai.values.figure_doubts import refuse_doubts
from fengtai.values.figure_pattern import FOLD, GRAMMAR, NOT_GIVEN, diagnosis
from fengtai.values.figure_refusals import Code, FigureError
from fengtai.values.figure_words import (
    CHANGES,
    GAPS,
    IDIOM_BOUNDS,
    MEANING_AFTER,
    MEANING_BEFORE,
    MIRROR,
    RATES,
    WORD_AFTER,
    WORD_BEFORE,
    Bound,
    Role,
)
from fengtai.values.numerals import CHANGE_IDIOMS
from fengtai.values.units import POINTS

LONGEST_TEXT = 100  # characters


class Reading(NamedTuple):
    """What a text says. `upper` is the other end of a range; `match` is None where the text says "not given"."""

    printed: str
    value: Decimal | None
    upper: Decimal | None
    unit: str
    bound: Bound
    roles: tuple[Role, ...]
    match: re.Match | None

    def piece(self, *groups: str) -> str:
        """The printed text of the first of these groups that matched; "" if none did."""
        for group in groups if self.match else ():
            if self.match[group]:
                return self.printed[self.match.start(group) : self.match.end(group)]
        return ""

    @property
    def is_distance(self) -> bool:
        """低于2个百分点 may bound a distance or state one."""
        return self.unit in POINTS and bool(re.search("[高低多少大小]于", self.piece("lead") + self.piece("words")))


def as_text(value) -> str:
    """The text of a cell, which may be a number. 600.0 is how some readers of Excel give the 600 that was typed."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise FigureError(Code.TYPE, "", type(value).__name__)
    if isinstance(value, int) and value.bit_length() > 1000:
        raise FigureError(Code.TOO_LARGE, "", "int")  # Python itself refuses to spell out the longest
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value)


def admit(text: str) -> str:
    """The text without outer white space; refused if it is empty, too long or holds an invisible character."""
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


def read(printed: str) -> Reading:
    """Reads a text that `admit` let in."""
    folded = printed.translate(FOLD)
    if NOT_GIVEN.fullmatch(folded):
        return Reading(printed, None, None, "", Bound.NOT_GIVEN, (), None)
    match = GRAMMAR.fullmatch(folded)
    if not match:
        raise diagnosis(printed)
    words = [word for group in ("lead", "words") if match[group] for word in WORD_BEFORE.findall(match[group])]
    bound, roles = _bound(printed, match, words), _roles(printed, match, words)
    refuse_doubts(printed, match, bound)
    unit = unit_printed(printed, match)
    value, upper = amounts(printed, match, unit)
    if Role.DOWN in roles or match["sign"] in ("-", "−", "负"):
        value, upper = (-value, None) if upper is None else (-upper, -value)
        bound = bound if match["sign"] else MIRROR.get(bound, bound)
    return Reading(printed, value, upper, unit.base, bound, roles, match)


def _bound(printed: str, match: re.Match, words: list[str]) -> Bound:
    """The one bound that all words agree on. 约300余家 says both about and more than, so it is refused."""
    low, odd, idiom, after = match.group("low", "odd", "idiom", "after")
    found = [(Bound.BETWEEN, low)] if low else []
    found += [(MEANING_BEFORE[word], word) for word in words]
    if odd:
        found.append((Bound.ABOUT if odd == "来" else Bound.MORE_THAN, odd))
    if after:
        found += [(MEANING_AFTER[word], word) for word in WORD_AFTER.findall(after)]
    if idiom in IDIOM_BOUNDS:
        found.append((IDIOM_BOUNDS[idiom], idiom))
    found = [(bound, word) for bound, word in found if isinstance(bound, Bound)]
    for bound, word in found:
        if bound is not found[0][0]:
            raise FigureError(Code.BOUNDS, printed, word)
    return found[0][0] if found else Bound.EXACT


def _roles(printed: str, match: re.Match, words: list[str]) -> tuple[Role, ...]:
    """The one change, if any, and whether a word before the number makes the figure a level."""
    changes = [(role, word) for word in words if (role := MEANING_BEFORE[word]) in CHANGES]
    if match["compared"]:
        changes += [(role, match[gap]) for gap, role in GAPS.items() if match[gap]]
    if len(changes) > 1 and changes[0][1] in RATES:
        del changes[0]
    idiom = match["idiom"] if match["idiom"] in CHANGE_IDIOMS else ""
    if len(changes) > 1 or (changes and idiom):
        raise FigureError(Code.SIGN, printed, idiom or changes[-1][1])
    roles = tuple(role for role, _ in changes)
    if roles and match["low_unit"] and match["dash"] in ("至", "到"):
        raise FigureError(Code.RANGE, printed, match["dash"])  # 增加3家至58家 gives the change and the level
    if match["sign"] and (match["low"] or idiom or (roles and roles != (Role.UP,))):
        raise FigureError(Code.SIGN, printed, match["sign"])
    return roles + tuple(Role.LEVEL for word in words if MEANING_BEFORE[word] is Role.LEVEL)

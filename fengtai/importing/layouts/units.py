"""The unit of every figure of a table across: the nearest that states one, or a question that the figures wait for."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from fengtai.importing.reading.cells import Open
from fengtai.importing.reading.questions import Asked, Question
from fengtai.values.texts import plain

UNIT, GROWTH_UNIT, PERCENT, DIGITS = "unit", "growth-unit", "percent", "decimals"  # topics of questions
PER_CENT = ("%", "％", "‰")
SHARE = re.compile(r"占比|比重|比例|份额|率$|[占比].*比$")
AS_PRINTED, FRACTION, NONE = "as-printed", "fraction", "none"
NO_UNITS = "无"
NO_UNIT = frozenset((NO_UNITS, "无单位", "没有", "-", "—", NONE))
COUNTED = (
    ("(?:人|人员|人口|师)数?$", "人"),
    ("户数$", "户"),
    ("(?:企业|单位)(?:个|家)?数$|家数$", "家"),
    ("案数$", "件"),
)
HUNDRED = Decimal(100)
WHOLE = frozenset(
    ("人", "户", "家", "个", "件", "名", "辆", "人次", "栋", "项", "套", "所", "次", "台")
)  # without fractions
AVERAGE = re.compile("均|每|率|比")
KEPT, DECIMALS = 6, (2, 3, 4, 6)  # decimals of a figure at most; those offered for a computation
LONGEST_EXAMPLE = 4  # figures that a question shows


@dataclass(frozen=True, slots=True)
class Measure:
    """What the bare numbers of an indicator are in; `unit` may be the question that they wait for."""

    unit: str | Open = ""
    is_fraction: bool = False  # of a whole: 0.083 is 8.3%
    decimals: int | None = None  # to which a computation of many digits is rounded

    def number(self, bare: Decimal) -> Decimal:
        number = bare * HUNDRED if self.is_fraction else bare
        return round(number, self.decimals).normalize() if self.decimals is not None else number


class Units:
    """`see` first all bare numbers of a table, then ask `of` for each; every indicator is asked about once."""

    def __init__(self, asked: Asked, sheet: str):
        self.asked, self.sheet = asked, sheet
        self.seen: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
        self.found: dict[tuple[str, str], Measure] = {}
        self.growths: set[str] = set()

    def see(self, name: str, unit: str, number: Decimal, *, is_growth: bool = False) -> None:
        self.seen[name, unit].append(number)
        if is_growth:
            self.growths.add(name)

    def of(self, name: str, unit: str) -> Measure:
        if (name, unit) not in self.found:
            numbers = self.seen[name, unit]
            stated, is_fraction = self._ask(name, unit, numbers)
            measure = Measure(stated, is_fraction)
            self.found[name, unit] = self._with_decimals(name, measure, numbers)
        return self.found[name, unit]

    def _ask(self, name: str, unit: str, numbers: list[Decimal]) -> tuple[str | Open, bool]:
        told = [number for number in numbers if number]
        are_small = bool(told) and all(abs(number) < 1 for number in told)
        is_share = not unit and bool(SHARE.search(name)) and all(abs(number) <= HUNDRED for number in numbers)
        if told and (is_share or (are_small and unit in PER_CENT)):
            return self._ask_share(name, unit, told, are_small)
        if not unit or (unit in WHOLE and not AVERAGE.search(name) and any(number % 1 for number in numbers)):
            return self._ask_unit(name, unit, numbers), False
        return unit, False

    def _ask_share(self, name: str, unit: str, numbers: list[Decimal], are_small: bool) -> tuple[str | Open, bool]:
        number, times = f"{numbers[0]:f}", f"{(numbers[0] * HUNDRED).normalize():f}"
        text = _("“%(name)s”: what does %(number)s mean?") % {"name": name, "number": number}
        choices = [(AS_PRINTED, f"{number}%")]
        if are_small:
            choices.append((FRACTION, f"{times}%"))
        if not unit:
            choices.append((NONE, _("%(number)s without a unit") % {"number": number}))
        answer = self._answer(Question(PERCENT, name, text, choices), len(numbers))
        if answer not in dict(choices):
            return Open(text), False
        return ("" if answer == NONE else unit or "%"), answer == FRACTION

    def _ask_unit(self, name: str, unit: str, numbers: list[Decimal]) -> str | Open:
        """Nobody states it, or it counts what has no fractions: 1475.7 under （人）."""
        some = "、".join(f"{number:f}{unit}" for number in numbers[:LONGEST_EXAMPLE])
        text = _("In what unit is “%(name)s” (%(numbers)s …)? Write %(none)s if it has none.")
        text %= {"name": name, "numbers": some, "none": NO_UNITS}
        topic, offered = (GROWTH_UNIT, "%") if name in self.growths else (UNIT, f"万{unit}" if unit else _offered(name))
        answer = self._answer(Question(topic, name, text, offered=offered), len(numbers))
        return ("" if plain(answer) in NO_UNIT else answer) if answer else Open(text)

    def _with_decimals(self, name: str, measure: Measure, numbers: list[Decimal]) -> Measure:
        """More digits than anybody publishes are a computation: a person says how many of them count."""
        long = next((number for number in map(measure.number, numbers) if -number.as_tuple().exponent > KEPT), None)
        if long is None:
            return measure
        text = _("“%(name)s” has computed figures like %(number)s: to how many decimals?")
        text %= {"name": name, "number": f"{long:f}"}
        choices = [(f"{places}", f"{round(long, places):f}") for places in DECIMALS]
        answer = self._answer(Question(DIGITS, name, text, choices), len(numbers))
        if answer not in dict(choices):
            return replace(measure, unit=Open(text))
        return replace(measure, decimals=int(answer))

    def _answer(self, question: Question, rows: int) -> str:
        question.group, question.sheet, question.rows = self.sheet, self.sheet, rows - 1
        return self.asked.ask(question)


def _offered(name: str) -> str:
    """What the name says in brackets, even if no figure was ever in such a unit; shares are in per cent."""
    if name.endswith(("倒数", "指数", "系数")) or "=100" in name:
        return NO_UNITS
    if found := re.search(r"[（(]([^（）()]{1,10})[)）]$", name):
        return found[1]
    return next((unit for words, unit in COUNTED if re.search(words, name)), "")

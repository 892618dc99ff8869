"""The unit of every figure of a table across: the nearest that states one, or a question that the figures wait for."""

import re
from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from fengtai.importing.reading.cells import Open
from fengtai.importing.reading.questions import Asked, Question
from fengtai.values.texts import plain
from fengtai.workbooks.data import Cell

UNIT, GROWTH_UNIT, PERCENT = "unit", "growth-unit", "percent"  # topics of questions
PER_CENT = ("%", "％", "‰")
SHARE = re.compile(r"占比|比重|比例|份额|率$|[占比].*比$")
AS_PRINTED, FRACTION, NONE = "as-printed", "fraction", "none"
NO_UNIT = frozenset(("无", "无单位", "没有", "-", "—", NONE))
COUNTED = (
    ("(?:人|人员|人口|师)数?$", "人"),
    ("户数$", "户"),
    ("(?:企业|单位)(?:个|家)?数$|家数$", "家"),
    ("案数$", "件"),
)
HUNDRED = Decimal(100)
LONGEST_EXAMPLE = 4  # figures that a question shows


class Units:
    """What the bare numbers of each indicator are in; `see` first all of them, then ask `of` for each."""

    def __init__(self, asked: Asked, sheet: str):
        self.asked, self.sheet = asked, sheet
        self.seen: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
        self.found: dict[tuple[str, str], tuple[Cell | Open, bool]] = {}
        self.growths: set[str] = set()

    def see(self, name: str, unit: str, number: Decimal, *, is_growth: bool = False) -> None:
        self.seen[name, unit].append(number)
        if is_growth:
            self.growths.add(name)

    def of(self, name: str, unit: str) -> tuple[Cell | Open, bool]:
        """The unit, or the question that it waits for; and whether the numbers are fractions of one: 0.083 is 8.3%."""
        if (name, unit) not in self.found:
            self.found[name, unit] = self._ask(name, unit, self.seen[name, unit])
        return self.found[name, unit]

    def _ask(self, name: str, unit: str, numbers: list[Decimal]) -> tuple[Cell | Open, bool]:
        told = [number for number in numbers if number]
        are_small = bool(told) and all(abs(number) < 1 for number in told)
        is_share = not unit and bool(SHARE.search(name)) and all(abs(number) <= HUNDRED for number in numbers)
        if are_small and (unit in PER_CENT or is_share):
            return self._ask_fraction(name, unit, numbers)
        if unit or not numbers:
            return unit, False
        return (self._ask_share(name, numbers) if is_share and told else self._ask_unit(name, numbers)), False

    def _ask_share(self, name: str, numbers: list[Decimal]) -> Cell | Open:
        shown = f"{next(filter(None, numbers)):f}"
        text = _("“%(name)s”: is %(number)s meant in per cent?") % {"name": name, "number": shown}
        choices = [(AS_PRINTED, f"{shown}%"), (NONE, _("%(number)s without a unit") % {"number": shown})]
        answer = self._answer(Question(PERCENT, name, text, choices), len(numbers))
        return {AS_PRINTED: "%", NONE: ""}.get(answer, Open(text))

    def _ask_fraction(self, name: str, unit: str, numbers: list[Decimal]) -> tuple[Cell | Open, bool]:
        shown = f"{next(filter(None, numbers)):f}"
        times = f"{(Decimal(shown) * HUNDRED).normalize():f}"
        text = _("“%(name)s”: what does %(number)s mean, %(number)s%% or %(times)s%%?")
        choices = [(AS_PRINTED, f"{shown}%"), (FRACTION, f"{times}%")]
        if not unit:
            choices.append((NONE, _("%(number)s without a unit") % {"number": shown}))
        text %= {"name": name, "number": shown, "times": times}
        answer = self._answer(Question(PERCENT, name, text, choices), len(numbers))
        if not answer or answer not in dict(choices):
            return Open(text), False
        return ("" if answer == NONE else unit or "%"), answer == FRACTION

    def _ask_unit(self, name: str, numbers: list[Decimal]) -> Cell | Open:
        some = "、".join(f"{number:f}" for number in numbers[:LONGEST_EXAMPLE])
        text = _("In what unit is “%(name)s” (%(numbers)s …)? Write %(none)s if it has none.")
        text %= {"name": name, "numbers": some, "none": "无"}
        topic, offered = (GROWTH_UNIT, "%") if name in self.growths else (UNIT, _offered(name))
        answer = self._answer(Question(topic, name, text, offered=offered), len(numbers))
        return ("" if plain(answer) in NO_UNIT else answer) if answer else Open(text)

    def _answer(self, question: Question, rows: int) -> str:
        question.group, question.sheet, question.rows = self.sheet, self.sheet, rows - 1
        return self.asked.ask(question)


def _offered(name: str) -> str:
    """What the name says in brackets, even if no figure was ever in such a unit; shares are in per cent."""
    if found := re.search(r"[（(]([^（）()]{1,10})[)）]$", name):
        return found[1]
    if name.endswith("倒数"):
        return "无"
    return next((unit for words, unit in COUNTED if re.search(words, name)), "")

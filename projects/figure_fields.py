"""Cells of clerks' lists that state one figure or several, each with what it is called: amounts of money."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from fengtai.importing.reading.cells import LINES, CellError, at, compose, split
from fengtai.importing.reading.choice_fields import folded, spoken
from fengtai.importing.reading.headings import BRACKETS
from fengtai.importing.reading.printed_fields import Figure
from fengtai.importing.reading.printed_values import printed_value
from fengtai.importing.reading.questions import Question
from fengtai.values.figures import Figure as Value
from fengtai.values.labels import Labelled, are_of_one
from fengtai.workbooks.data import Shown
from projects.models import Amount

SEVERAL = "several"  # topic: figures of one cell that no word tells apart
EACH, FIRST, LAST, NONE = "each", "first", "last", "none"
LEAP = 10  # times the earlier amount, and 万 may have been taken for 亿


class Stated(NamedTuple):
    """One figure of a row: its kind, the words of the source for it, and the column that states it."""

    kind: str
    words: str
    figure: Value
    column: object


class LabelledFigures(Figure):
    """Figures with what they are called, by their own words or by the kind that their heading says (a part)."""

    model = Amount  # of the rows that hold them
    owner = "project"

    def __init__(self, name, label, model_field):
        super().__init__(name, label, model_field)
        self.kind_field = self.model._meta.get_field("kind")
        self.kinds = [code for code, _label in self.kind_field.flatchoices]
        self.labels = self.model._meta.get_field("figure").labels
        said = [(label, code) for code in self.kinds for label in spoken(self.kind_field, code)]
        self.spoken = sorted(said, key=lambda one: len(one[0]), reverse=True)  # 总投资额 before 总投资
        self.own_words = {(code, folded(label)) for label, code in said}

    def stated(self, part: str, said, reading) -> list[Stated]:
        """The figures of one cell; without an answer none of those that only a person can tell apart."""
        column = said.columns[part]
        try:
            text, found = said.text(part), self._read_cell(part, said, column)
        except CellError as error:
            return self._undecided(error, part, said, reading)
        if reading.by_number or len({(one.kind, one.words) for one in found}) == len(found):
            return found
        answer = reading.ask(_which(text, column), column)
        return {EACH: found, FIRST: found[:1], LAST: found[-1:]}.get(answer, [])

    def _undecided(self, error: CellError, part: str, said, reading) -> list[Stated]:
        """Of a cell that is not understood: the whole of it, if a person has it kept as printed."""
        column = said.columns[part]
        try:
            with at(part):
                text = compose(said.text(part), said.unit(part), said.text("qualifier"), self.model_field.read)
                figure = printed_value(self.model_field, text, reading, column)
        except CellError as refused:
            reading.refuse(refused if refused.part is not None else error, column)
            return []
        return [] if figure is None else [Stated(self.kind_of("", part), "", figure, column)]

    def _read_cell(self, part: str, said, column) -> list[Stated]:
        found = [(one, self.figure(part, said, one.figure)) for one in self.figures(part, said)]
        return [
            Stated(*self._named(one, part, column), figure, column)
            for one, figure in found
            if figure is not None and (figure.value is not None or figure.is_unread)
        ]

    def figures(self, part: str, said) -> list[Labelled]:
        """Each figure of a cell with its label; a number alone is one. Raises CellError for what is not understood."""
        cell = said.cells[part]
        if not isinstance(cell, str | Shown):
            return [Labelled("", "", said.text(part))]
        return [one for line in split(said.text(part), LINES) for one in self._line(part, said, line)]

    def _line(self, part: str, said, line: str) -> list[Labelled]:
        for label, code in self.spoken:
            if line.casefold().startswith(f"{label.casefold()} "):  # as a download says it
                return [Labelled("", code, line[len(label) :].strip())]
        return self.labels.read(line, lambda text: self.figure(part, said, text))

    def figure(self, part: str, said, text=None):
        """A figure with the unit of its column. Raises CellError."""
        text = said.text(part) if text is None else text
        whole = compose(text, said.unit(part), said.text("qualifier"), self.model_field.read)
        return printed_value(self.model_field, whole)

    def _named(self, one: Labelled, part: str, column) -> tuple[str, str]:
        """Kind and words of a figure: its own, or those of its heading."""
        kind, words = one.kind or self.kind_of(one.figure, part), one.words
        if not one.kind and kind == part and part:
            heading = "".join(BRACKETS.sub("", folded(column.heading)).split())
            words = heading if self.labels.is_label(heading) and kind in self.labels.kinds_in(heading) else ""
        says_no_more = (kind, folded(words)) in self.own_words
        return kind, "" if says_no_more else words[: self.model._meta.get_field("kind_as_printed").max_length]

    def kind_of(self, text: str, part: str) -> str:
        return part

    def keep(self, one: Stated, all_stated: list[Stated], reading) -> None:
        """As a row of its own: the one on file that states the same kind is changed, any other stays."""
        rows = [
            row
            for row in reading.hanging(self.model, self.owner)
            if row.kind == one.kind and are_of_one(one.kind, one.words, row.kind_as_printed)
        ]
        if any(row.figure == one.figure for row in rows):
            return
        told = [other.figure for other in all_stated]
        rows = [row for row in rows if row.figure not in told]
        if len(rows) > 1:
            reading.problem("several_on_file", one.column, names="；".join(map(str, rows)))
        elif rows:
            reading.change(rows[0], {"figure": one.figure})
            self.note_change(rows[0].figure, one, reading)
        else:
            match = {"kind": one.kind, "figure": one.figure}
            reading.child(self.model, self.owner, match, kind_as_printed=one.words)

    def note_change(self, old, one: Stated, reading) -> None:
        """A figure on file says something else now."""


def _measure(figure: Value) -> tuple:
    """What it says, however it is printed: 1亿元 is 10000万元."""
    return figure.value, figure.unit, figure.bound, figure.upper, "" if figure.value is not None else figure.printed


def _which(text: str, column) -> Question:
    """“530；600” under 总投资: two figures, and nobody says which is what."""
    told = _("“%(text)s” states several figures, and no word says which is what. What is to be kept?")
    choices = (
        (EACH, _("each of them, as printed")),
        (FIRST, _("the first alone")),
        (LAST, _("the last alone")),
        (NONE, _("none of them")),
    )
    return Question(SEVERAL, f"{column.heading} {text}", told % {"text": text}, choices, group=column.heading)


class AmountsField(LabelledFigures):
    """Sums of money, each of the kind that its own words, its heading or its note say."""

    erases = False

    def __init__(self, name, label):
        super().__init__(name, label, Amount._meta.get_field("figure"))
        self.attribute = ""  # a field of another model
        self.parts = ("", *self.kinds, "unit", "qualifier")

    def read(self, said, reading):
        parts = [part for part in ("", *self.kinds) if part in said.cells]
        changed = [part for part in parts if {part, "unit", "qualifier"} & said.changed]
        found = [one for part in changed for one in self.stated(part, said, reading)]
        for one in self._of_one_each(found, reading):
            self.keep(one, found, reading)
        if "" in said.changed:
            reading.note_kept(self, said, split(said.text(), LINES))

    def _of_one_each(self, found: list[Stated], reading) -> list[Stated]:
        """Without what two columns say alike; where they contradict each other, no column says which is meant."""
        kept: list[Stated] = []
        for one in found:
            first = next((each for each in kept if (each.kind, each.words) == (one.kind, one.words)), None)
            if first is None or first.column is one.column:
                kept.append(one)
            elif _measure(first.figure) != _measure(one.figure):
                reading.problem("two_of_a_kind", one.column, figure=one.figure, other=first.column.heading)
        return kept

    def kind_of(self, text, part):
        """拟投资 is intended; where nothing is said it is the total."""
        return part or next(iter(self.labels.kinds_around(text)), Amount.Kind.TOTAL)

    def note_change(self, old, one, reading):
        new = one.figure
        if old.value and new.value and old.unit == new.unit:
            times = new.value / old.value
            if not 1 / LEAP <= times <= LEAP:
                reading.warn("amount_leap", one.column, new=new, old=old, times=f"{times:.2g}")

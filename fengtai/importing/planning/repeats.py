"""Rows of a file that speak of one record: equal in every cell they are one, where they differ a person decides."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from fengtai.importing.planning.items import with_needs
from fengtai.importing.planning.merging_rows import contradict, differing, merge
from fengtai.importing.planning.plans import REFUSED, RowPlan, SkippedRow
from fengtai.importing.reading.problems import WARNING, Problem, sentence
from fengtai.importing.reading.questions import Question
from fengtai.importing.reading.row_fields import Naming
from fengtai.importing.reading.row_questions import LEAVE, ROW
from fengtai.values.texts import plain

REPEAT = "repeat"  # topic: rows of one record
FIRST, LAST, MERGED, APART = "first", "last", "merged", "apart"
MOST_ASKED = 200  # questions of a topic; the others follow when these are answered


class Repeats:
    """What the rows of a file have told so far of the records that they are about."""

    def __init__(self, planner):
        self.planner, self.result = planner, planner.result
        self._seen: dict[object, dict[object, RowPlan]] = defaultdict(dict)  # the first row of each key
        self._twice: list[tuple[RowPlan, RowPlan, bool]] = []  # first, repeat, and whether only their names agree
        self._cells: dict[int, int] = {}  # rows that were read, by a hash of all that their cells say
        self._out = planner.answers.decided.get(ROW, {})

    def set_aside(self, sheet, row) -> str:
        """The kind of a row that is not planned: one that is left out, or repeats another in every cell."""
        if self._out and self._is_left_out(sheet, row):
            return "left_out"
        content = hash((sheet.name, row.section, row.column, repr(row.cells)))
        first = self._cells.setdefault(content, row.number)
        if first == row.number:
            return ""
        message = sentence("repeat", row=first)
        self.result.problems.append(Problem("repeat", message, sheet.name, row.number, severity=WARNING))
        return "repeat"

    def _is_left_out(self, sheet, row) -> bool:
        plan = RowPlan(sheet.name, row.number, sheet.mark(row), label=sheet.label(row))
        is_out = self._out.get(plain(row_key(plan))) == LEAVE
        return is_out and self.planner.asked.ask(_of_row(plan)) == LEAVE

    def note_key(self, kind, key, plan: RowPlan) -> None:
        """Remembers which row a key stands in, and which repeats it."""
        first = self._seen[kind].setdefault(key, plan)
        if first is not plan:
            names = kind[1] if isinstance(kind, tuple) else ()
            naming = self.planner.declared.naming
            self._twice.append((first, plan, names == (naming,)))

    def decide(self, same: Iterable[tuple[RowPlan, RowPlan]]) -> None:
        """Rows about one record would contradict each other, or write it twice: none is taken until it is decided.

        `same` are pairs that a person called the same although their names differ.
        """
        self._seen.clear()
        gone: dict[int, RowPlan] = {}
        told = [(first, row, False) for first, row in same]
        self._twice += told
        self._told = {id(row) for _first, row, _by_name in told}
        for asked, (rows, may_be_apart) in enumerate(self._groups()):
            answer = MERGED if self._is_told(rows) else ""
            if not answer and (asked < MOST_ASKED or self._is_answered(rows)):
                answer = self._ask(rows, may_be_apart)
            gone |= {id(row): row for row in self._apply(answer, rows)}
        if gone:
            self._let_go(gone)

    def _groups(self) -> list[tuple[list[RowPlan], bool]]:
        """Rows that are about one record, in their order, and whether nothing but a name says so."""
        group_of: dict[int, list[RowPlan]] = {}
        apart: dict[int, bool] = {}
        for first, other, by_name in self._twice:
            one, two = group_of.get(id(first), [first]), group_of.get(id(other), [other])
            rows = one if one is two else [*one, *two]
            alone = by_name and all(apart.get(id(row), True) for row in rows)
            group_of |= {id(row): rows for row in rows}
            apart |= {id(row): alone for row in rows}
        groups = {id(rows): rows for rows in group_of.values()}
        return [(rows, apart[id(rows[0])] and _are_new(rows)) for rows in groups.values()]

    def _is_told(self, rows: list[RowPlan]) -> bool:
        """Whether somebody called the rows the same, and nothing but their names differs."""
        declared = self.planner.declared
        own = declared.fields[declared.naming].attribute
        return all(id(row) in self._told for row in rows[1:]) and not contradict(rows, but=own)

    def _is_answered(self, rows: list[RowPlan]) -> bool:
        return plain(rows[0].label) in self.planner.answers.decided.get(REPEAT, {})

    def _ask(self, rows: list[RowPlan], may_be_apart: bool) -> str:
        declared, first = self.planner.declared, rows[0]
        naming = declared.fields[declared.naming]
        fields = "、".join(differing(rows, declared))
        numbers = "、".join(str(row.number) for row in rows)
        told = {"rows": numbers, "name": first.label, "fields": fields or "—"}
        text = _("Rows %(rows)s are about “%(name)s” and differ in: %(fields)s.") % told
        choices = [(FIRST, _("the first row counts")), (LAST, _("the last row counts"))]
        if not contradict(rows):
            choices.append((MERGED, _("one record of all that the rows say")))
        if may_be_apart and isinstance(naming, Naming) and not naming.model_field.unique:
            choices.append((APART, _("different records of the same name")))
        choices.append((LEAVE, _("leave these rows out")))
        question = Question(REPEAT, first.label, text, choices, group=naming.label, sheet=first.sheet, row=first.number)
        return self.planner.asked.ask(question)

    def _apply(self, answer: str, rows: list[RowPlan]) -> list[RowPlan]:
        """Carries a decision out; the rows that go by it."""
        if answer == APART:
            return []
        kept: dict[str, Callable] = {FIRST: lambda: rows[0], LAST: lambda: rows[-1], MERGED: lambda: merge(rows)}
        if answer in kept:
            stays = kept[answer]()
            return [row for row in rows if row is not stays]
        for row in rows if answer != LEAVE else ():
            row.note("duplicate", rows=other_rows([other for other in rows if other is not row], row))
            row.outcome = REFUSED
        return rows if answer == LEAVE else []

    def _let_go(self, gone: dict[int, RowPlan]) -> None:
        for name in ("rows", "sources", "totals"):
            setattr(self.result, name, [row for row in getattr(self.result, name) if id(row) not in gone])
        self.result.skipped += [SkippedRow(row.sheet, row.number, "repeat", row.label) for row in gone.values()]
        needed = set(with_needs([item for row in self.result.all_rows() for item in row.items()]))
        created = self.planner.resolver.created
        for key in [key for key, item in created.items() if item not in needed]:
            del created[key]

    def ask_of_rows(self) -> None:
        """A row that is refused may be left out instead."""
        refused = [row for row in self.result.all_rows() if row.outcome == REFUSED]
        for row in refused[:MOST_ASKED]:
            self.planner.asked.ask(_of_row(row))


def row_key(row: RowPlan) -> str:
    """What a row is called in a decision: by the sender's own number and its name, else by where it stands."""
    return f"{row.mark} {row.label}".strip() or f"{row.sheet} {row.number}"


def _of_row(row: RowPlan) -> Question:
    text = _("Row %(row)d: %(name)s") % {"row": row.number, "name": row_key(row)}
    choices = [(LEAVE, _("leave this row out"))]
    return Question(ROW, row_key(row), text, choices, required=False, sheet=row.sheet, row=row.number)


def _are_new(rows: list[RowPlan]) -> bool:
    return all(row.key is None for row in rows)


def other_rows(rows: list[RowPlan], beside: RowPlan) -> str:
    """Rows by their numbers, those of other sheets with the sheet's name."""
    found = sorted({("" if row.sheet == beside.sheet else row.sheet, row.number, row.column) for row in rows})
    return "、".join(f"{column}{number}" + (f"（{sheet}）" if sheet else "") for sheet, number, column in found)

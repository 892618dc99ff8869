"""A portion of a sheet's rows, planned together: matched, compared with what a download says, and only then read."""

from django.utils.translation import override

from fengtai.importing.planning.matching import Match, Matcher, prepare_names
from fengtai.importing.planning.merged_figures import add_to_remark, settle
from fengtai.importing.planning.on_file import OnFile
from fengtai.importing.planning.outcomes import outcome_of
from fengtai.importing.planning.plans import RowPlan
from fengtai.importing.planning.remarks import keep_in_remark, keeps
from fengtai.importing.planning.row_reading import RowReading
from fengtai.importing.reading.cells import is_blank, same
from fengtai.importing.reading.row_fields import Naming
from fengtai.importing.reading.row_questions import LEAVE, TOTAL, what_is
from fengtai.importing.reading.totals import DOUBT
from fengtai.values.figure_refusals import Code

NO_UNIT = str(Code.NO_UNIT)


def plan_portion(planner, sheet, rows: list, plans: list[RowPlan]) -> list[RowPlan]:
    """What becomes of each of the rows."""
    matches = [Match(row, plan) for row, plan in zip(rows, plans, strict=True)]
    Matcher(planner, sheet, matches).match()
    _Portion(planner, sheet, matches).plan()
    return plans


class _Portion:
    """Rows whose records are found: what they would change is read, and each gets its outcome."""

    def __init__(self, planner, sheet, matches: list[Match]):
        self.planner, self.sheet, self.matches, self.declared = planner, sheet, matches, sheet.declared
        self.on_file = OnFile(self.declared, _keys(matches), sheet.language)

    def plan(self) -> None:
        for match in self.matches:
            if match.row.merged:
                settle(self.planner, self.sheet, match)
        with override(self.sheet.language):
            changed = [(match, self._changed(match)) for match in self.matches]
        changed = [(match, columns) for match, columns in changed if columns or match.shared]
        matches = [match for match, _columns in changed]
        self.on_file.load(_keys(matches))
        prepare_names(self.planner, self.sheet, self.declared.fields, matches)
        readings = [self._read(match, columns) for match, columns in changed]
        self.declared.check([reading for reading in readings if reading is not None])
        for match in self.matches:
            match.plan.outcome = outcome_of(match.plan)

    def _changed(self, match: Match) -> set:
        """The columns of a row that say anything else than a download would; of a new record all that are filled."""
        cells, key = match.row.cells, match.plan.key
        filled = [column for column in (*self.sheet.data, *self.sheet.kept) if not is_blank(cells.get(column.number))]
        if key is None:
            return set(filled)
        exported, dittos = self.on_file.exported, dict(match.row.ditto)
        return {
            column
            for column in filled
            if not same(cells[column.number], kept := exported(key, column))
            and (kept is None or dittos.get(column.number) != kept)  # 同上 may be what a record itself says
        }

    def _read(self, match: Match, changed: set) -> RowReading | None:
        plan, row = match.plan, match.row
        reading = self._reading(match)
        said = {name: self.sheet.said(row, name) for name in self.sheet.by_field}
        for one in said.values():
            one.changed = {part for part, column in one.columns.items() if column in changed}
        reading.said = said
        plan.label = self.sheet.label(row)
        if row.fault:
            return plan.note(row.fault)
        kind = self._other_kind(row, said, reading)
        if kind is None:
            return None
        if kind:
            return self._set_aside(kind, reading)
        plan.item = reading.item
        self._read_fields(match, said, reading)
        if match.shared:
            add_to_remark(match, reading)
        keep_in_remark(self.sheet, row, reading)
        return reading

    def _reading(self, match: Match) -> RowReading:
        record = self.on_file.records.get(match.plan.key)
        made = RowReading(
            match.plan, self.declared.model, self.planner.resolver, self.on_file, record, by_number=match.by_number
        )
        made.file_sources, made.asked = self.planner.file_sources, self.planner.asked
        made.has_remark = keeps(self.declared)
        return made

    def _read_fields(self, match: Match, said: dict, reading: RowReading) -> None:
        for name, one in said.items():
            if one.changed:
                known = len(reading.plan.problems)
                reading.read(self.declared.fields[name], one)
                if any(problem.code == NO_UNIT for problem in reading.plan.problems[known:]):
                    self.planner.opening.constants.ask_unit(self.sheet.name, match.row.number)
        self.declared.finish(said, reading)
        reading.cite(self.declared.cited_field(reading))
        if reading.record is None:
            self._note_required(reading)
        elif reading.by_number:
            self._refuse_another(said, reading)

    def _other_kind(self, row, said: dict, reading: RowReading) -> str | None:
        """What a row is instead of a record; None where that is not known, which is told."""
        if text := self.sheet.headed.get(row.number):
            return reading.problem("undecided", self.sheet.by_field[self.declared.needs[0]][0], text=text)
        if self.sheet.is_heading(row):
            return reading.problem("other_table")
        if self.sheet.is_section(row) and isinstance(self.declared.fields[self.declared.naming], Naming):
            return reading.problem("group_or_record", mark=self.sheet.mark(row))
        if (answer := self._said_of_total(row, reading)) in (None, "left"):
            return answer
        return self.declared.set_aside(said, reading) or ("total" if reading.is_total else "")

    def _said_of_total(self, row, reading: RowReading) -> str | None:
        """Notes whether a row sums others up; a person says so where its words leave it open."""
        kind, _word = self.sheet.totals.get(row.number, ("", None))
        if kind == DOUBT and reading.record is not None:
            reading.is_total = False
        elif kind == DOUBT:
            column = next(iter(self.sheet.by_field[self.declared.needs[0]]), None)
            answer = what_is(self.sheet.name_of(row), reading, column)
            if answer in ("", LEAVE):
                return "left" if answer else None
            reading.is_total = answer == TOTAL
        elif kind:
            reading.is_total = True
        return ""

    def _set_aside(self, kind: str, reading: RowReading) -> None:
        """What is no record of the list may still say something of another."""
        plan = reading.plan
        plan.item = None
        plan.set_aside = kind
        reading.item = None
        reading.cite()

    def _note_required(self, reading: RowReading) -> None:
        for attribute, name, label in self.declared.required:
            if attribute not in reading.item.values and not reading.plan.has_errors:
                if name in self.sheet.by_field:
                    reading.problem("required", self.sheet.by_field[name][0])
                else:
                    self.planner.opening.note_missing_column(self.sheet, name, label)

    def _refuse_another(self, said: dict, reading: RowReading) -> None:
        """A download's number on a row that now names another record."""
        for names in self.declared.keys:
            if len(names) == 1 and said.get(names[0]) and said[names[0]].changed:
                key = self.declared.key(names[0], said.__getitem__, reading)
                finder = self.planner.finder(self.declared, names)
                others = finder.find((key,)) if key is not None else {}
                others = {other: name for other, name in others.items() if other != reading.item.key}
                if others:
                    reading.problem("id_of_another", name=str(reading.record), other="、".join(others.values()))


def _keys(matches: list[Match]) -> list[int]:
    return [match.plan.key for match in matches if match.plan.key is not None]

"""From a file, the database and the user's answers to a plan. A pure read: nothing is written here."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial

from fengtai.importing.planning.faults import GuardedRows
from fengtai.importing.planning.fractions import settle_fractions
from fengtai.importing.planning.key_index import KeyIndex, NameIndex
from fengtai.importing.planning.opening import Opening
from fengtai.importing.planning.plans import REFUSED, Plan, RowPlan, SkippedRow
from fengtai.importing.planning.portions import plan_portion
from fengtai.importing.planning.references import Resolver
from fengtai.importing.planning.repeats import Repeats, other_rows
from fengtai.importing.planning.same_names import SameNames
from fengtai.importing.planning.section_offers import offer
from fengtai.importing.planning.total_checks import check_totals
from fengtai.importing.planning.unmatched import headings_of, unmatched
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.headings import VIRTUAL, folded
from fengtai.importing.reading.list_imports import ListImport, list_import
from fengtai.importing.reading.own_headings import NOTES, in_every_language
from fengtai.importing.reading.problems import WARNING, Problem, sentence
from fengtai.importing.reading.questions import Asked
from fengtai.importing.reading.row_fields import Naming
from fengtai.importing.reading.sheets import OpenSheet
from fengtai.lists.tables import SourceTable
from fengtai.workbooks.data import WorkbookData
from fengtai.workbooks.words import tell

AT_ONCE = 1000  # rows planned together


def plan(
    declared: ListImport, workbook: WorkbookData, answers: Answers | None = None, tick: Callable | None = None
) -> Plan:
    """What importing the workbook into a list would do; `tick(done, found)` hears how far it has come."""
    return Planner(declared, answers or Answers(), tick or (lambda done, found: None)).plan(workbook)


class Planner:
    """What the portions of a file share: names resolved, keys seen, problems of the whole."""

    def __init__(self, declared: ListImport, answers: Answers, tick: Callable):
        self.declared, self.answers, self.tick = declared, answers, tick
        self.asked = Asked(answers)
        self.resolver, self.quiet = Resolver(answers), Resolver(answers)
        self.quiet.books = self.resolver.books
        self.quiet.created = self.resolver.created
        self.result = Plan()
        self.opening = Opening(self)
        self.guarded = GuardedRows(partial(plan_portion, self))
        self.file_sources: dict[str, RowPlan] = {}
        self._finders: dict[tuple, KeyIndex | NameIndex] = {}
        self.repeats = Repeats(self)

    def plan(self, workbook: WorkbookData) -> Plan:
        headings, sheets = headings_of(workbook), self._choose(workbook)
        self.result.headings = sorted(headings)
        self.result.problems += [Problem(each.code, tell(each), severity=WARNING) for each in workbook.warnings]
        self.result.sources = [row for sheet in sheets["sources"] for row in self._rows_of(sheet)]
        self.file_sources = {row.mark: row for row in self.result.sources if row.mark}
        self._refuse_one_number()
        for sheet in sheets["rows"]:
            self._take(self._rows_of(sheet))
        self.repeats.decide(SameNames(self).ask())
        self.resolver.add_near_names()
        self.result.missing = list(self.resolver.missing.values())
        self.result.created = list(self.resolver.created.values())
        self.repeats.ask_of_rows()
        self._note_questions(headings)
        return self.result

    def _note_questions(self, headings: set[str]):
        """What a person is asked; an answer to what the file does not ask is a mistake, and one that does not fit."""
        self.result.questions = list(self.asked.questions.values())
        told = {folded(column.heading) for column in self.result.columns}  # a heading may be told in other words
        self.result.unmatched = unmatched(self, headings | told)
        for topic, key in self.result.unmatched:
            self.note("unmatched", topic=topic, key=key)
        for (topic, key), answer in self.asked.unfit.items():
            choices = "、".join(value for value, _label in self.asked.questions[topic, key].choices)
            self.note("unfit", topic=topic, key=key, answer=answer, choices=choices)
        self.result.unmatched += self.asked.unfit

    # Sheets

    def _choose(self, workbook: WorkbookData) -> dict[str, list[OpenSheet]]:
        """The sheets of the list and those of its sources; the others are told."""
        found: dict[str, list[OpenSheet]] = {"rows": [], "sources": []}
        self._refuse_unknown_sheets(workbook)
        read = {sheet.name for sheet in workbook.sheets if sheet.rows and not _is_put_aside(sheet, self.answers)}
        self.opening.constants.is_of_many = len(read & {*(self.answers.sheets or read)}) > 1
        for sheet in workbook.sheets:
            wanted = not self.answers.sheets or sheet.name in self.answers.sheets
            if (sources := self._sources_of(sheet)) is not None:
                found["sources"].append(sources)
            elif wanted and not _is_put_aside(sheet, self.answers) and (own := self.opening.opened(sheet)).fits:
                found["rows"].append(own)
            elif any(sheet.name == other.name for other in found["rows"]):
                self._note_other_table(sheet)
            else:
                self.result.skipped.append(SkippedRow(sheet.name, 0, "hidden" if sheet.hidden else "sheet", sheet.name))
        for sheet in (*found["rows"], *found["sources"]):
            self._note_sheet(sheet)
        if not found["rows"] and not self.result.refused:
            self.note("no_sheet", heading=self.declared.fields[self.declared.needs[0]].label)
        return found

    def _sources_of(self, sheet) -> OpenSheet | None:
        """A sheet that numbers its sources, and says more about them than about the list's own records."""
        if self.declared.table is SourceTable:
            return None
        sources = OpenSheet(sheet, list_import(SourceTable), self.answers)
        if not sources.fits or not sources.mark_column:
            return None
        own = OpenSheet(sheet, self.declared, self.answers)
        return sources if len(sources.data) >= len(own.data) else None

    def _note_other_table(self, sheet):
        """Headings further down a sheet of the list that are not the list's."""
        row = next((skipped.row for skipped in sheet.skipped if skipped.kind == "heading"), 0)
        self.result.problems.append(Problem("other_table", sentence("other_table"), sheet.name, row))

    def _refuse_unknown_sheets(self, workbook: WorkbookData):
        names = dict.fromkeys(sheet.name for sheet in workbook.sheets)
        for name in self.answers.sheets:
            if name not in names:
                self.note("unknown_sheet", name=name, sheets="、".join(names))

    def _note_sheet(self, sheet: OpenSheet):
        self.result.columns += [column for column in sheet.columns if column.number < VIRTUAL]
        self.result.problems += [*sheet.problems(), *sheet.notices(), *check_totals(sheet)]
        offer(self, sheet)
        settle_fractions(self, sheet)
        for skipped in sheet.sheet.skipped:
            self.result.skipped.append(SkippedRow(sheet.name, skipped.row, skipped.kind, skipped.text))

    def note(self, code: str, sheet: str = "", **details):
        self.result.problems.append(Problem(code, sentence(code, **details), sheet))

    # Rows

    def _rows_of(self, sheet: OpenSheet):
        """The rows planned; those read are let go, for a plan of many thousand is large enough."""
        waiting = sheet.sheet.rows
        found = len(waiting)
        while waiting:
            rows = waiting[:AT_ONCE]
            del waiting[:AT_ONCE]
            yield from self.guarded.plan(sheet, self._without_others(sheet, rows))
            self.tick(found - len(waiting), found)

    def _without_others(self, sheet: OpenSheet, rows: list) -> list:
        """Rows that say nothing of a record: the heading of a section, a number without more, a total."""
        kept = []
        for row in rows:
            kind = sheet.kind_of(row)
            if (kind and not sheet.is_read(row)) or (kind := self.repeats.set_aside(sheet, row)):
                self.result.skipped.append(SkippedRow(sheet.name, row.number, kind, sheet.excerpt(row)))
            else:
                sheet.complete(row)
                kept.append(row)
        return kept

    def _take(self, rows):
        for row in rows:
            if row.set_aside:
                self.result.totals.append(row)
                self.result.skipped.append(SkippedRow(row.sheet, row.number, row.set_aside, row.label))
            else:
                self.result.rows.append(row)

    def finder(self, declared: ListImport, names: tuple[str, ...]):
        """Finds records by some of their row fields."""
        if (declared, names) not in self._finders:
            fields = [declared.fields[name] for name in names]
            if len(fields) == 1 and isinstance(fields[0], Naming):
                made = NameIndex(self.resolver.book(declared.model))
            else:
                loose = {index for index, name in enumerate(names) if name in declared.loose}
                made = KeyIndex(declared.candidates(), tuple(field.attribute for field in fields), loose)
            self._finders[declared, names] = made
        return self._finders[declared, names]

    def _refuse_one_number(self):
        """Two sources of one number: no row could say which it means."""
        marked = defaultdict(list)
        for row in self.result.sources:
            marked[row.mark].append(row)
        for mark, rows in marked.items():
            for row in rows if mark and len(rows) > 1 else ():
                row.note("mark_twice", mark=mark, rows=other_rows([other for other in rows if other is not row], row))
                row.outcome = REFUSED


def _is_put_aside(sheet, answers: Answers) -> bool:
    """The notes of a download, and sheets that the sender hid: they are read only if the user names them."""
    return not answers.sheets and (sheet.hidden or sheet.name in in_every_language(NOTES))

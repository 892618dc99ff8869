"""From a file, the database and the user's answers to a plan. A pure read: nothing is written here."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial

from fengtai.importing.planning.faults import GuardedRows
from fengtai.importing.planning.key_index import KeyIndex, NameIndex
from fengtai.importing.planning.plans import NEW, REFUSED, Plan, RowPlan, SkippedRow
from fengtai.importing.planning.portions import plan_portion
from fengtai.importing.planning.references import Resolver
from fengtai.importing.planning.section_offers import offer
from fengtai.importing.planning.total_checks import check_totals
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.list_imports import NOTES, ListImport, in_every_language, list_import
from fengtai.importing.reading.problems import WARNING, Problem, sentence
from fengtai.importing.reading.questions import Asked
from fengtai.importing.reading.row_fields import Naming
from fengtai.importing.reading.sheets import OpenSheet
from fengtai.lists.tables import SourceTable
from fengtai.records.naming.near_names import near_names
from fengtai.values.texts import plain
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
        self.guarded = GuardedRows(partial(plan_portion, self))
        self.file_sources: dict[str, RowPlan] = {}
        self._finders: dict[tuple, KeyIndex | NameIndex] = {}
        self._seen: dict[object, dict[object, RowPlan]] = defaultdict(dict)  # the first row of each key
        self._twice: list[tuple[RowPlan, RowPlan]] = []
        self._missing_columns: set[tuple[str, str]] = set()

    def plan(self, workbook: WorkbookData) -> Plan:
        sheets = self._choose(workbook)
        self.result.problems += [Problem(each.code, tell(each), severity=WARNING) for each in workbook.warnings]
        self.result.sources = [row for sheet in sheets["sources"] for row in self._rows_of(sheet)]
        self.file_sources = {row.mark: row for row in self.result.sources if row.mark}
        self._refuse_one_number()
        for sheet in sheets["rows"]:
            self._take(self._rows_of(sheet))
        self._refuse_twice()
        self._offer_near()
        self.resolver.add_near_names()
        self.result.missing = list(self.resolver.missing.values())
        self.result.created = list(self.resolver.created.values())
        self._note_questions()
        return self.result

    def _note_questions(self):
        """What a person is asked; an answer to what the file does not ask is a mistake."""
        self.result.questions = list(self.asked.questions.values())
        for topic, key in self.asked.unmatched():
            self._note("unmatched", topic=topic, key=key)

    # Sheets

    def _choose(self, workbook: WorkbookData) -> dict[str, list[OpenSheet]]:
        """The sheets of the list and those of its sources; the others are told."""
        found: dict[str, list[OpenSheet]] = {"rows": [], "sources": []}
        self._refuse_unknown_sheets(workbook)
        for sheet in workbook.sheets:
            wanted = not self.answers.sheets or sheet.name in self.answers.sheets
            own = OpenSheet(sheet, self.declared, self.answers)
            sources = OpenSheet(sheet, list_import(SourceTable), self.answers)
            if self.declared.table is not SourceTable and _describes_sources(sources, own):
                found["sources"].append(sources)
            elif own.fits and wanted and not _is_put_aside(sheet, self.answers):
                found["rows"].append(own)
            elif any(sheet.name == other.name for other in found["rows"]):
                self._note_other_table(sheet)
            else:
                self.result.skipped.append(SkippedRow(sheet.name, 0, "hidden" if sheet.hidden else "sheet", sheet.name))
        for sheet in (*found["rows"], *found["sources"]):
            self._note_sheet(sheet)
        if not found["rows"] and not self.result.refused:
            self._note("no_sheet", heading=self.declared.fields[self.declared.needs[0]].label)
        return found

    def _note_other_table(self, sheet):
        """Headings further down a sheet of the list that are not the list's."""
        row = next((skipped.row for skipped in sheet.skipped if skipped.kind == "heading"), 0)
        self.result.problems.append(Problem("other_table", sentence("other_table"), sheet.name, row))

    def _refuse_unknown_sheets(self, workbook: WorkbookData):
        names = dict.fromkeys(sheet.name for sheet in workbook.sheets)
        for name in self.answers.sheets:
            if name not in names:
                self._note("unknown_sheet", name=name, sheets="、".join(names))

    def _note_sheet(self, sheet: OpenSheet):
        self.result.columns += sheet.columns
        self.result.problems += [*sheet.problems(), *sheet.notices(), *check_totals(sheet)]
        offer(self, sheet)
        for skipped in sheet.sheet.skipped:
            self.result.skipped.append(SkippedRow(sheet.name, skipped.row, skipped.kind, skipped.text))

    def _note(self, code: str, sheet: str = "", **details):
        self.result.problems.append(Problem(code, sentence(code, **details), sheet))

    def note_missing_column(self, sheet: OpenSheet, label: str):
        if (sheet.name, label) not in self._missing_columns:
            self._missing_columns.add((sheet.name, label))
            self._note("missing_column", sheet.name, heading=label)

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
            if (kind := sheet.kind_of(row)) and not sheet.is_read(row):
                self.result.skipped.append(SkippedRow(sheet.name, row.number, kind, sheet.excerpt(row)))
            else:
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

    def note_key(self, kind, key, plan: RowPlan):
        """Remembers which row a key stands in, and which repeats it."""
        first = self._seen[kind].setdefault(key, plan)
        if first is not plan:
            self._twice.append((first, plan))

    def _refuse_twice(self):
        """Rows about one record would contradict each other, or write it twice: none of them is taken."""
        others: dict[int, list[RowPlan]] = defaultdict(list)
        rows = {}
        for pair in self._twice:
            for row, other in (pair, pair[::-1]):
                rows[id(row)] = row
                others[id(row)].append(other)
        for key, row in rows.items():
            row.note("duplicate", rows=_other_rows(others[key], row))
            row.outcome = REFUSED
        self._seen.clear()

    def _refuse_one_number(self):
        """Two sources of one number: no row could say which it means."""
        marked = defaultdict(list)
        for row in self.result.sources:
            marked[row.mark].append(row)
        for mark, rows in marked.items():
            for row in rows if mark and len(rows) > 1 else ():
                row.note("mark_twice", mark=mark, rows=_other_rows([other for other in rows if other is not row], row))
                row.outcome = REFUSED

    def _offer_near(self):
        """New rows whose name is almost that of a record: a person decides."""
        if not isinstance(self.declared.fields[self.declared.naming], Naming):
            return
        rows = {plain(row.label): row for row in self.result.rows if row.outcome == NEW}
        asked = [name for name in rows if name not in self.answers.same]
        if not asked:
            return
        for name, near in near_names(asked, self.resolver.book(self.declared.model).all_names).items():
            rows[name].near = near
            rows[name].note("near_match", severity=WARNING, names="、".join(shown for _key, shown in near))


def _other_rows(rows: list[RowPlan], beside: RowPlan) -> str:
    """Rows by their numbers, those of other sheets with the sheet's name."""
    found = sorted({("" if row.sheet == beside.sheet else row.sheet, row.number) for row in rows})
    return "、".join(f"{number}（{sheet}）" if sheet else f"{number}" for sheet, number in found)


def _describes_sources(sources: OpenSheet, own: OpenSheet) -> bool:
    """A sheet that numbers its sources, and says more about them than about the list's own records."""
    return sources.fits and bool(sources.mark_column) and len(sources.data) >= len(own.data)


def _is_put_aside(sheet, answers: Answers) -> bool:
    """The notes of a download, and sheets that the sender hid: they are read only if the user names them."""
    return not answers.sheets and (sheet.hidden or sheet.name in in_every_language(NOTES))

"""A sheet of the file as rows of a list: whether it fits, what its columns are, which language it speaks."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from django.utils.translation import get_language

from fengtai.importing.reading import headings
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.cells import CellError, is_blank, text_of
from fengtai.importing.reading.headings import DATA, KEPT, MARK, NUMBER, UNKNOWN, FileColumn
from fengtai.importing.reading.list_imports import ListImport
from fengtai.importing.reading.own_headings import own_headings
from fengtai.importing.reading.problems import ERROR, WARNING, Problem, sentence
from fengtai.importing.reading.row_fields import LANGUAGES
from fengtai.importing.reading.said import Said
from fengtai.importing.reading.totals import DOUBT, kind_of_total
from fengtai.workbooks.total_words import TotalWord
from fengtai.workbooks.words import tell

SECTION = re.compile(r"[(（]?[一二三四五六七八九十]+[)）]?[、.．]?")


class OpenSheet:
    """A sheet whose columns are understood."""

    def __init__(self, sheet, declared: ListImport, answers: Answers, across: Sequence[FileColumn] = (), over=None):
        """`across`: of a table that lay across, the columns that no sheet has; `over`: what stood over its figures."""
        self.sheet, self.declared, self.name = sheet, declared, sheet.name
        self.columns = [*headings.take(sheet, declared, answers, own_headings()), *across]
        self.is_across, self._over = bool(across), over or {}
        self._placed: dict[tuple, FileColumn] = {}
        self._once: dict[int, str] = {}  # what is stated once for all rows, by column
        self.by_field: dict[str, list[FileColumn]] = defaultdict(list)
        for column in self.columns:
            if column.use == DATA and column.field in declared.fields:
                self.by_field[column.field].append(column)
        self.kept = [column for column in self.columns if column.use == KEPT]
        self.data = [column for columns in self.by_field.values() for column in columns]
        self.number_column = next((column.number for column in self.columns if column.use == NUMBER), 0)
        self.mark_column = next((column.number for column in self.columns if column.use == MARK), 0)
        self.is_grouped = any(self.mark(row).isdecimal() for row in sheet.rows) if self.mark_column else False

        merged = [(column, first, row.number) for row in sheet.rows for column, first, _last in row.merged]
        self.merged_rows = Counter((column, first) for column, first, _number in merged)  # rows under a merged cell
        self.first_rows = {(column, first): number for column, first, number in reversed(merged)}
        self.headed: dict[int, str] = {}  # rows of a name alone that head others; a text where a person must say so

    @property
    def fits(self) -> bool:
        axes = self.declared.axes
        of_one = (
            axes is not None and axes.level in self.by_field and not {axes.place, axes.period}.isdisjoint(self.by_field)
        )
        return self.is_across or of_one or all(name in self.by_field for name in self.declared.needs)

    @property
    def language(self) -> str:
        """The language that its headings are a download's in."""
        texts = [headings.folded(column.heading) for column in self.data]
        known = {code: sum(text in self.declared.own[code] for text in texts) for code in LANGUAGES}
        best = max(known, key=known.get)
        return best if known[best] else get_language() or LANGUAGES[0]

    def said(self, row, name: str) -> Said:
        """What a row says of one field."""
        said = Said(section=row.section)
        for column in self.by_field.get(name, ()):
            said.columns[column.part] = self._at(column, row) if row.places else column
            cell = row.cells.get(column.number)
            if not is_blank(cell):
                said.cells[column.part] = cell
                said.changed.add(column.part)
        return said

    def _at(self, column: FileColumn, row) -> FileColumn:
        """Where in the sheet a cell of a table that lay across stands."""
        if (place := row.places.get(column.number)) is None:
            return column
        if (column.number, place) not in self._placed:
            heading = self._over.get(place[1]) or column.heading
            self._placed[column.number, place] = replace(column, heading=heading, row=place[0], place=place[1])
        return self._placed[column.number, place]

    def leaves_open(self, column: FileColumn) -> bool:
        """Whether any row says nothing there."""
        return any(is_blank(row.cells.get(column.number)) and not self.kind_of(row) for row in self.sheet.rows)

    def state(self, column: FileColumn, text: str) -> None:
        """What all rows say that do not say otherwise."""
        if column not in self.columns:
            self.columns.append(column)
            self.by_field[column.field].append(column)
            self.data.append(column)
        self._once[column.number] = text

    def complete(self, row) -> None:
        """Adds to a row what is stated once for all."""
        for number, text in self._once.items():
            if is_blank(row.cells.get(number)):
                row.cells[number] = text

    def mark(self, row) -> str:
        """The sender's own number of a row."""
        return shown(row.cells.get(self.mark_column))[:50]

    def name_of(self, row) -> str:
        """What stands in the column of the record's name, the first that a row needs."""
        columns = self.by_field.get(self.declared.needs[0], ())
        return next((text for column in columns if (text := shown(row.cells.get(column.number)))), "")

    def filled(self, row) -> list[FileColumn]:
        return [column for column in self.data if not is_blank(row.cells.get(column.number))]

    def label(self, row) -> str:
        """What a row calls its record; a figure of a table across by its indicator, area and period."""
        names = self.declared.axes.names if self.is_across else self.declared.needs
        cells = (row.cells.get(column.number) for name in names for column in self.by_field.get(name, ()))
        return " ".join(filter(None, map(shown, cells)))[:200]

    def kind_of(self, row) -> str:
        """What a row is that is none of the list; empty for one that is."""
        if not is_blank(row.cells.get(self.number_column)):
            return ""
        if all(is_blank(row.cells.get(column.number)) for column in self.data):
            return "empty" if self.excerpt(row).isdecimal() else "note"
        if self.headed.get(row.number) == "":
            return "section"
        if row.number in self.totals:
            return self.totals[row.number][0]
        return "section" if self.is_section(row) and len(self.filled(row)) == 1 else ""

    def is_read(self, row) -> bool:
        """Whether a row is read though it may be no record: a person decides, or another record keeps what it says."""
        kind, _word = self.totals.get(row.number, ("", None))
        keeper = self.declared.totals_of
        return kind == DOUBT or bool(kind and keeper and self.said(row, keeper).cells)

    @cached_property
    def totals(self) -> dict[int, tuple[str, TotalWord]]:
        """The rows that sum others up, by number: whether that is certain, and what they say."""
        found = {}
        for row in self.sheet.rows:
            kind, word = kind_of_total(self, row)
            if kind and is_blank(row.cells.get(self.number_column)):
                found[row.number] = kind, word
        return found

    def is_section(self, row) -> bool:
        """Numbered 一 among rows numbered 1, 2, 3: the heading of a group."""
        return self.is_grouped and bool(SECTION.fullmatch(self.mark(row)))

    def excerpt(self, row) -> str:
        return " ".join(shown(cell) for cell in row.cells.values())[:200]

    def is_heading(self, row) -> bool:
        """Whether what should be a name is a word for the column itself: another table begins."""
        known = self.declared.headings
        names = [column for name in self.declared.needs for column in self.by_field.get(name, ())]
        cells = {column.field: headings.folded(shown(row.cells.get(column.number))) for column in names}
        return bool(cells) and all(known.get(text, ("",))[0] == field for field, text in cells.items())

    def problems(self) -> list[Problem]:
        """What is wrong with the sheet's columns."""
        found = [self._problem("unknown_column", column) for column in self.columns if column.use == UNKNOWN]
        for column in self.columns:
            if column.use == DATA and column.field not in self.declared.fields:
                found.append(self._problem("unknown_map", column, name=column.field))
        for same in _repeated(self.data):
            first, *others = same
            found += [self._problem("duplicate_column", column, other=first.heading) for column in others]
        return found

    def notices(self) -> list[Problem]:
        """What was noticed while the sheet was read; a formula without a value is a cell that says nothing."""
        found = []
        for notice in self.sheet.notes:
            column = next((column for column in self.columns if column.number == notice.column), None)
            position = (column.letter, column.heading) if column is not None else ("", "")
            severity = ERROR if notice.code == "not_computed" else WARNING
            found.append(Problem(notice.code, tell(notice), self.name, notice.row, *position, severity))
        return found

    def _problem(self, code: str, column: FileColumn, **details) -> Problem:
        message = sentence(code, heading=column.heading, **details)
        return Problem(code, message, self.name, 0, column.letter, column.heading)


def _repeated(columns: list[FileColumn]) -> list[list[FileColumn]]:
    counts = Counter((column.field, column.part) for column in columns)
    twice = [where for where, count in counts.items() if count > 1]
    return [[column for column in columns if (column.field, column.part) == where] for where in twice]


def shown(cell) -> str:
    """A cell as text, also where it cannot be taken."""
    try:
        return "" if cell is None else text_of(cell)
    except CellError:
        return str(cell)

"""What an import would do, as data: rows with their outcome, and the records that they would write."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from fengtai.importing.planning.items import Item
from fengtai.importing.reading.problems import ERROR, Problem, sentence
from fengtai.importing.reading.questions import Question

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
LONGEST_SHEET = 100  # characters of a sheet's name
OUTCOMES = (NEW, CHANGED, SAME, REFUSED)


@dataclass(slots=True)
class RowPlan:
    """What becomes of one row; `mark` is the sender's own number of it."""

    sheet: str
    number: int
    mark: str = ""
    outcome: str = NEW
    label: str = ""
    item: Item | None = None
    others: Sequence[Item] = ()  # what hangs on the record: other names, amounts, citations
    problems: Sequence[Problem] = ()
    near: Sequence[tuple[int, str]] = ()
    set_aside: str = ""  # the kind of a row that is no record of the list
    key: int | None = None  # of the record that it is about, if that is on file
    column: str = ""  # of a figure of a table that was wide: the letters of the column that it stands in

    @property
    def position(self) -> tuple[str, int, str]:
        """What tells a row from all others of its file, as it is kept: two sheets have the same numbers."""
        return self.sheet[:LONGEST_SHEET], self.number, self.column

    @property
    def record(self) -> int | Item | None:
        """The record, on file or to be made."""
        return self.key or self.item

    def add(self, item: Item) -> None:
        """Another record that the row states."""
        self.others = [*self.others, item]

    def note(self, code: str, column=None, severity: str = ERROR, message: str = "", **details) -> None:
        """A problem of the row, in the cell of a FileColumn if one is given."""
        letter, heading = (column.letter, column.heading) if column is not None else (self.column, "")
        number = (column.row if column is not None else 0) or self.number
        message = message or sentence(code, **{"heading": heading, **details})
        self.problems = [*self.problems, Problem(code, message, self.sheet, number, letter, heading, severity)]

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    def items(self) -> list[Item]:
        own = [self.item] if self.item is not None else []
        return [item for item in (*own, *self.others) if item]

    def digest(self) -> str:
        """Names what the row would write; empty where it writes nothing."""
        data = [item.as_data() for item in self.items()]
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16] if data else ""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row, or where `row` is 0 a sheet, that is none of the list's; `kind` says what it is taken for."""

    sheet: str
    row: int
    kind: str
    text: str


@dataclass(slots=True)
class Missing:
    """Something that rows name and nobody has on file: `near` are records that are called almost so."""

    kind: str
    text: str
    rows: int = 0
    near: list[tuple[int, str]] = field(default_factory=list)
    answered: bool = False


@dataclass(slots=True)
class Plan:
    """What the whole file would do."""

    rows: list[RowPlan] = field(default_factory=list)
    sources: list[RowPlan] = field(default_factory=list)  # the file's own sheet of sources
    skipped: list[SkippedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)  # of the file and its sheets
    missing: list[Missing] = field(default_factory=list)
    columns: list = field(default_factory=list)  # FileColumn of every sheet that was read
    questions: list[Question] = field(default_factory=list)  # what only a person can decide, answered or not
    layouts: list[dict] = field(default_factory=list)  # how the tables lay that lay across, as the page tells it
    headings: list[str] = field(default_factory=list)  # of all its sheets, folded: the sender's files are known by them
    unmatched: list[tuple[str, str]] = field(default_factory=list)  # decisions that do not fit: topic and key
    totals: list[RowPlan] = field(default_factory=list)  # rows set aside whose figures are recorded elsewhere
    created: list[Item] = field(default_factory=list)  # what was missing and is to be created
    waiting: dict[Item, object] = field(default_factory=dict)  # what touches published records: which of them

    def counts(self) -> dict[str, int]:
        found = dict.fromkeys(OUTCOMES, 0)
        for row in self.rows:
            found[row.outcome] += 1
        return {"read": len(self.rows), **found}

    def all_rows(self) -> list[RowPlan]:
        return [*self.sources, *self.totals, *self.rows]

    def all_problems(self) -> list[Problem]:
        return [*self.problems, *(problem for row in self.all_rows() for problem in row.problems)]

    @property
    def refused(self) -> bool:
        return any(problem.is_error for problem in self.all_problems())

    def digests(self) -> dict[tuple[str, int, str], str]:
        return {row.position: row.digest() for row in self.all_rows()}

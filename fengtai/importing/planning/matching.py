"""Which record on file a row is about: by its number in a download, by its keys, or by what the user said."""

import dataclasses
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from fengtai.importing.planning.plans import RowPlan
from fengtai.importing.planning.row_reading import RowReading
from fengtai.importing.planning.same_names import SAME
from fengtai.importing.reading.cells import CellError, text_of
from fengtai.records.mergeable import survivors
from fengtai.values.texts import plain

LARGEST, DIGITS = 2**63 - 1, 20


@dataclass(slots=True)
class Match:
    """A row of the file and its plan, whose `key` becomes that of the record that the row is about."""

    row: object
    plan: RowPlan
    by_number: bool = False  # whether the row names the record by the number of a download
    name: str = ""  # of the record, as it was found
    shared: list[str] = dataclasses.field(default_factory=list)  # what it has together with other rows, for its remark


class Matcher:
    """Finds the records of a portion of rows together."""

    def __init__(self, planner, sheet, matches: list[Match]):
        self.planner, self.sheet, self.matches = planner, sheet, matches
        self.declared = sheet.declared

    def match(self) -> None:
        self._by_number()
        others = [match for match in self.matches if not match.by_number]
        for names in self.declared.keys:
            prepare_names(self.planner, self.sheet, names, others)
            self._by_key(names, [(match, key) for match in others if (key := self._key(match.row, names))])
        if self.planner.answers.decided.get(SAME):
            self._by_answer(others)
        for plan in (match.plan for match in self.matches if match.plan.key is not None):
            self.planner.repeats.note_key(self.declared.model, plan.key, plan)

    def _by_number(self) -> None:
        column = self.sheet.number_column
        for match in self.matches if column else ():
            if (cell := match.row.cells.get(column)) not in (None, ""):
                match.by_number, match.plan.key = True, _number(cell)
        numbered = [match for match in self.matches if match.by_number]
        asked = [match.plan.key for match in numbered if match.plan.key is not None]
        rows = self.declared.model._base_manager.filter(pk__in=asked)
        known = set(rows.values_list("pk", flat=True)) if asked else ()
        for match in numbered:
            if match.plan.key not in known:
                match.plan.key = None
                match.plan.note("unknown_id", id=match.row.cells[column])
        merged = survivors(self.declared.model, known)
        for match in [match for match in numbered if match.plan.key in merged]:
            match.plan.note("merged_id", id=match.plan.key, other=merged[match.plan.key])
            match.plan.key = None

    def _key(self, row, names: tuple[str, ...]) -> tuple | None:
        """The row's key; None where it says too little. What cannot be read is told when the row is read."""
        if row.fault:
            return None
        silent = RowReading(RowPlan("", 0), self.declared.model, self.planner.quiet)
        try:
            key = tuple(self.declared.key(name, lambda field: self.sheet.said(row, field), silent) for name in names)
        except CellError:
            return None
        may_lack = self.declared.optional | self.declared.loose
        given = all(value is not None or name in may_lack for name, value in zip(names, key, strict=True))
        return key if given and key[0] is not None and not silent.plan.problems else None

    def _by_key(self, names: tuple[str, ...], keys: list[tuple[Match, tuple]]) -> None:
        finder = self.planner.finder(self.declared, names)
        finder.prepare([key for _match, key in keys])
        for match, key in keys:
            self.planner.repeats.note_key((self.declared.model, names), key, match.plan)
            _take(match, finder.find(key))

    def _by_answer(self, matches: list[Match]) -> None:
        """A near match that the user called the same."""
        decided = self.planner.answers.decided[SAME]
        for match in matches:
            answer = decided.get(plain(self.sheet.label(match.row)), "")
            if match.plan.key is None and (key := _key_in(answer)):
                match.plan.key = survivors(self.declared.model, [key]).get(key, key)


def _take(match: Match, found: dict[int, str]) -> None:
    if match.plan.key is not None:
        if found and match.plan.key not in found:
            match.plan.note("keys_disagree", names="、".join([match.name, *found.values()]))
    elif len(found) > 1:
        match.plan.note("ambiguous", names="、".join(found.values()))
    elif found:
        match.plan.key, match.name = next(iter(found.items()))


def prepare_names(planner, sheet, names: Iterable[str], matches: list[Match]) -> None:
    """Looks up together what some fields of the rows refer to; a cell that cannot be read is told when it is."""
    for field in (sheet.declared.fields[name] for name in names):
        if field.target is not None and field.name in sheet.by_field:
            texts = []
            for match in matches:
                with suppress(CellError):
                    texts += field.names(sheet.said(match.row, field.name))
            planner.resolver.book(field.target).prepare(texts)


def _number(cell) -> int | None:
    try:
        return _key_in(text_of(cell))
    except CellError:
        return None


def _key_in(text: str) -> int | None:
    number = int(text) if text.isdecimal() and len(text) < DIGITS else 0
    return number if 0 < number <= LARGEST else None

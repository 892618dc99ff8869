"""Which record on file a row is about: by its number in a download, by its keys, or by what the user said."""

from collections.abc import Iterable
from contextlib import suppress

from fengtai.importing.planning.plans import RowPlan
from fengtai.importing.planning.row_reading import RowReading
from fengtai.importing.reading.answers import A_NEW_ONE
from fengtai.importing.reading.cells import CellError, plain, text_of

LARGEST = 2**63 - 1


class Matcher:
    """Matches a portion of rows; afterwards `keys` holds the record of each, and `by_number` how it was found."""

    def __init__(self, planner, sheet, rows: list, plans: list[RowPlan]):
        self.planner, self.sheet, self.rows, self.plans = planner, sheet, rows, plans
        self.declared = sheet.declared
        self.keys: list[int | None] = [None] * len(rows)
        self.by_number = [False] * len(rows)
        self.names = [""] * len(rows)  # of the records, as they were found

    def match(self) -> None:
        self._by_number()
        indices = [index for index in range(len(self.rows)) if not self.by_number[index]]
        for names in self.declared.keys:
            prepare_names(self.planner, self.sheet, names, [self.rows[index] for index in indices])
            keys = {index: key for index in indices if (key := self._key(index, names))}
            self._by_key(names, keys)
        if self.planner.answers.same:
            self._by_answer(indices)
        for plan, key in zip(self.plans, self.keys, strict=True):
            if key is not None:
                self.planner.note_key(self.declared.model, key, plan)

    def _by_number(self) -> None:
        column = self.sheet.number_column
        for index, row in enumerate(self.rows if column else ()):
            if (cell := row.cells.get(column)) not in (None, ""):
                self.by_number[index] = True
                self.keys[index] = _number(cell)
        asked = [key for key in self.keys if key is not None]
        known = (
            set(self.declared.model._base_manager.filter(pk__in=asked).values_list("pk", flat=True)) if asked else ()
        )
        for index, numbered in enumerate(self.by_number):
            if numbered and self.keys[index] not in known:
                self.keys[index] = None
                self.plans[index].note("unknown_id", id=self.rows[index].cells[column])

    def _key(self, index: int, names: tuple[str, ...]) -> tuple | None:
        """The row's key; None where it says too little. What cannot be read is told when the row is read."""
        silent = RowReading(RowPlan("", 0), self.declared.model, self.planner.quiet)
        row, key = self.rows[index], []
        try:
            for name in names:
                key.append(self.declared.key(name, lambda field: self.sheet.said(row, field), silent))
        except CellError:
            return None
        may_lack = self.declared.optional | self.declared.loose
        given = all(value is not None or name in may_lack for name, value in zip(names, key, strict=True))
        return tuple(key) if given and key[0] is not None and not silent.plan.problems else None

    def _by_key(self, names: tuple[str, ...], keys: dict[int, tuple]) -> None:
        finder = self.planner.finder(self.declared, names)
        finder.prepare(keys.values())
        for index, key in keys.items():
            self.planner.note_key((self.declared.model, names), key, self.plans[index])
            self._take(index, finder.find(key))

    def _take(self, index: int, found: dict[int, str]) -> None:
        taken = self.keys[index]
        if taken is not None:
            if found and taken not in found:
                self.plans[index].note("keys_disagree", names="、".join([self.names[index], *found.values()]))
        elif len(found) > 1:
            self.plans[index].note("ambiguous", names="、".join(found.values()))
        elif found:
            self.keys[index], self.names[index] = next(iter(found.items()))

    def _by_answer(self, indices: list[int]) -> None:
        """A near match that the user called the same."""
        for index in indices:
            if self.keys[index] is None:
                name = plain(self.sheet.label(self.rows[index]))
                self.keys[index] = self.planner.answers.same.get(name, A_NEW_ONE) or None


def prepare_names(planner, sheet, names: Iterable[str], rows: list) -> None:
    """Looks up together what some fields of the rows refer to; a cell that cannot be read is told when it is."""
    for field in (sheet.declared.fields[name] for name in names):
        if field.target is not None and field.name in sheet.by_field:
            texts = []
            for row in rows:
                with suppress(CellError):
                    texts += field.names(sheet.said(row, field.name))
            planner.resolver.book(field.target).prepare(texts)


def _number(cell) -> int | None:
    try:
        number = int(text_of(cell))
    except (CellError, ValueError):
        return None
    return number if 0 < number <= LARGEST else None

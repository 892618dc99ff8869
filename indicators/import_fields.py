"""Cells of clerks' lists of figures: value and growth with what qualifies them, and what they cover."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from fengtai.importing.reading.cells import CellError, compose, split
from fengtai.importing.reading.choice_fields import Choice
from fengtai.importing.reading.printed_fields import Figure
from fengtai.importing.reading.printed_values import printed_value
from fengtai.importing.reading.row_fields import Text
from fengtai.importing.reading.said import Said
from fengtai.importing.reading.sheets import shown
from fengtai.values.coverage import in_brackets, is_coverage, qualifiers_in, ways_apart
from fengtai.workbooks.data import Shown
from fengtai.workbooks.heading_texts import unit_in
from indicators.models import Observation

Basis = Observation.Basis
BASES = {
    Basis.REAL: "不变价 按不变价 按不变价计算 不变价格 按不变价格计算 "
    "可比价 按可比价 按可比价格 按可比价格计算 可比价格",
    Basis.NOMINAL: "现价 按现价 按现价计算 现行价格 当年价 当年价格",
}
BASIS_OF = {word: basis for basis, words in BASES.items() for word in words.split()}


class Put(NamedTuple):
    """A figure as it would be printed, and what it covers."""

    printed: str
    coverage: list[str]


class QualifiedField(Figure):
    """A figure with its qualifiers: one that bounds it or belongs to it (约, 累计) is printed with it, one that says
    what it covers (人均, 不含园区) becomes coverage; what is neither is refused, and none is dropped."""

    def value(self, said, reading):
        main = "" if "" in said.cells else "number"
        qualifier, column = self.qualifier(said, reading.said)
        try:
            value = printed_value(self.model_field, self._put(said, main, qualifier).printed)
        except CellError as error:
            if column is not None and self._is_read_alone(said, main):
                return reading.refuse(error, column)
            return super().value(said, reading)  # the whole of it, for a person to decide about
        self.compare(said, value, main, reading)
        return value

    def qualifier(self, said: Said, row: dict) -> tuple[str, object]:
        """What a column of its own says of the figure, and that column."""
        return said.text("qualifier"), said.columns.get("qualifier")

    def coverage(self, said: Said, row: dict) -> list[str]:
        """What the figure covers, by its own words, its qualifier and its heading."""
        if not {"", "number"} & said.cells.keys():
            return []
        try:
            return self._put(said, "" if "" in said.cells else "number", self.qualifier(said, row)[0]).coverage
        except CellError:
            return []

    def _put(self, said: Said, main: str, qualifier: str) -> Put:
        """The first way to take the cell and its qualifier apart that can be read. Raises CellError of the whole."""
        text, in_heading = said.text(main), _in_heading(said.columns[main].heading) if main in said.columns else ()
        covers = [word for word in in_heading if is_coverage(word)]
        belongs = "".join(word for word in in_heading if word not in covers)
        refused = None
        for figure, word, coverage in _tries(
            text, qualifier, belongs, is_typed=isinstance(said.cells[main], str | Shown)
        ):
            try:
                printed = compose(figure, said.unit(main), word, self.model_field.read)
                printed_value(self.model_field, printed)
                return Put(printed, [one for one in dict.fromkeys((*coverage, *covers)) if one not in printed])
            except CellError as error:
                refused = refused or error
        raise refused

    def _is_read_alone(self, said: Said, main: str) -> bool:
        """Whether the figure itself is understood, so that its qualifier is at fault."""
        try:
            self._put(said, main, "")
        except CellError:
            return False
        return True


_in_heading = lru_cache(maxsize=256)(qualifiers_in)


def _tries(text: str, qualifier: str, belongs: str, *, is_typed: bool) -> Iterator[tuple[str, str, list[str]]]:
    """The ways to read a figure with its qualifier, the whole of both first: figure, word with it, coverage.

    `belongs` is a qualifier of the heading: coverage where it cannot be printed with the figure.
    """
    yield text, qualifier or belongs, []
    if belongs:
        yield text, qualifier, [belongs]
    figures = [("", text), *(ways_apart(text) if is_typed else ())]
    whole = [(qualifier, "")] if is_coverage(qualifier) else []
    for covers, word in [("", qualifier), *whole, *ways_apart(qualifier)]:
        for covered, figure in figures:
            yield figure, word or belongs, [one for one in (covers, covered) if one]


class ValueField(QualifiedField):
    """The figure; the indicator's own name may say its unit: 户数（户）."""

    def value(self, said, reading):
        name = reading.said.get("indicator")
        said.named_unit = unit_in(shown(name.cells.get(""))) if name is not None else ""
        return super().value(said, reading)


class GrowthField(QualifiedField):
    """The growth; a qualifier beside no value (预计 before 增长5.7%) is the growth's."""

    def qualifier(self, said, row):
        figures = row.get("value")
        if figures is None or "qualifier" not in figures.cells or {"", "number"} & figures.cells.keys():
            return "", None
        return figures.text("qualifier"), figures.columns["qualifier"]

    def read(self, said, reading):
        super().read(said, reading)
        words = in_brackets(said.columns[""].heading) if "" in said.columns else ()
        basis = next((BASIS_OF[word] for word in words if word in BASIS_OF), "")
        if basis and not reading.now("growth_basis"):
            reading.set("growth_basis", basis)


class CoverageField(Text):
    """口径: the vintage and the basis of the growth where it names them; what else it says is kept as said, with what
    the figures themselves say that they cover (`covered`)."""

    def __init__(self, name, label, model_field, vintage: Choice, covered: Callable[[dict], list[str]]):
        super().__init__(name, label, model_field)
        self.vintage, self.covered = vintage, covered

    def read(self, said, reading):
        words = split(said.text())
        bases = [BASIS_OF[word] for word in words if word in BASIS_OF]
        if bases:
            reading.set("growth_basis", bases[0])
        if not all(word in BASIS_OF or self.vintage.code(word) for word in words):
            super().read(said, reading)

    def value(self, said, reading):
        return self._with(super().value(said, reading), self.covered(reading.said))

    def add(self, reading) -> None:
        """What the figures of a row cover, where its 口径 does not say so already."""
        words, now = self.covered(reading.said), reading.now("coverage") or ""
        if words and (whole := self._with(now, words)) != now:
            reading.set("coverage", whole)

    def _with(self, text: str, words: list[str]) -> str:
        return self.clean("；".join(filter(None, [text, *(word for word in words if word not in text)])))

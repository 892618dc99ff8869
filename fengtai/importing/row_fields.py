"""What a cell may say, one class for each way of reading it; derived from a table's columns, extended by subjects.

A field reads the cells that belong to it (`parts` tells them apart: a figure's number, unit and qualifier) and tells the
row's reading what they mean: a value, a link, or a record that hangs on the row's own.
"""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import override

from fengtai.figures import FigureError, parse_figure
from fengtai.importing.cells import ERASE, CellError, compose, number_text, plain, split, text_of
from fengtai.workbooks.data import Cell

LANGUAGES = ("zh-hans", "en")


@dataclass(slots=True)
class Said:
    """What a row says of one field: its filled cells by part, and which of them differ from the record on file."""

    cells: dict[str, Cell] = field(default_factory=dict)
    columns: dict = field(default_factory=dict)  # FileColumn by part
    changed: set[str] = field(default_factory=set)

    def text(self, part: str = "") -> str:
        return text_of(self.cells[part]) if part in self.cells else ""

    def only(self, part: str) -> "Said":
        """What one part says, as if it were all."""
        return Said({"": self.cells[part]}, {"": self.columns[part]}, {""} if part in self.changed else set())

    def unit(self, part: str = "") -> str:
        """The unit of the cell's heading."""
        return self.columns[part].unit if part in self.columns else ""


class RowField:
    """One thing that a row may say. `attribute` is the model's field where there is one."""

    kind = "text"
    parts: tuple[str, ...] = ("",)
    beside: tuple[str, ...] = ()  # parts that have their own column in a template
    required = False
    target = None  # the model that the cell's names are looked up in
    choices: tuple[str, ...] = ()

    def __init__(self, name: str, label, model_field=None):
        self.name, self.lazy_label, self.model_field = name, label, model_field
        self.attribute = model_field.name if model_field is not None else ""

    @property
    def label(self) -> str:
        """In the reader's language."""
        return str(self.lazy_label)

    def read(self, said: Said, reading) -> None:
        raise NotImplementedError

    def key(self, said: Said, reading):
        """What the row is matched by; None if the cell says nothing."""
        return

    def names(self, said: Said) -> list[str]:
        """Names of `target` in the cell, to be looked up together."""
        return []

    @property
    def erasable(self) -> bool:
        return bool(self.model_field is not None and (self.model_field.blank or self.model_field.null))


class Computed(RowField):
    """A column that the platform works out itself."""

    kind = "computed"

    def read(self, said, reading):
        for part in said.changed:
            reading.problem("not_writable", said.columns[part])


class Valued(RowField):
    """A field of the record itself with one value."""

    def value(self, said: Said, reading):
        raise NotImplementedError

    def read(self, said, reading):
        if said.cells.get("") in ERASE:
            reading.erase(self, said)
        else:
            reading.set(self.attribute, self.value(said, reading))


class Text(Valued):
    def __init__(self, *args):
        super().__init__(*args)
        self.clean = cleaner(self.model_field)
        self.is_address = isinstance(self.model_field, models.URLField)
        self.text_only = getattr(self.model_field, "text_only", False)

    def value(self, said, reading):
        cell = said.cells[""]
        if self.text_only and isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
            raise CellError("damaged")
        text = text_of(cell)
        if self.is_address and "://" not in text:
            text = f"https://{text}"  # as the edit form takes it
        return self.clean(text)

    def key(self, said, reading):
        return plain(str(self.value(said, reading))) if said.cells.get("") not in (None, *ERASE) else None


class Naming(Text):
    """The name a record is known by: it changes only on a row that carries the record's number."""

    required = True

    def read(self, said, reading):
        if reading.record is None or reading.by_number:
            super().read(said, reading)
        else:
            self.value(said, reading)


class OtherNames(Text):
    """Names of a record, one a line; an import adds to them."""

    def value(self, said, reading):
        found = split(text_of(said.cells[""]))
        known = getattr(reading.record, self.attribute).splitlines() if reading.record is not None else []
        kept = [] if reading.by_number else known
        return self.clean("\n".join(dict.fromkeys([*kept, *found])))


def cleaner(model_field):
    """The field's own rules, compiled once: longest text, choices of characters, validators."""
    most, validators = model_field.max_length, model_field.validators

    @lru_cache(maxsize=2048)  # clerks repeat themselves, and one text is enough for all that say the same
    def clean(text: str):
        if most and len(text) > most:
            raise CellError("too_long", length=len(text), most=most)
        try:
            value = model_field.to_python(text)
            for validate in validators:
                validate(value)
        except ValidationError as error:
            raise CellError(error.code or "invalid", " ".join(error.messages)) from error
        return value

    return clean


class Choice(Valued):
    """A choice by its label in either language or a declared synonym; the printed words are kept where there is room."""

    kind = "choice"

    def __init__(self, name, label, model_field, synonyms=()):
        super().__init__(name, label, model_field)
        self.codes = labels(model_field)
        for code, words in dict(synonyms).items():
            self.codes |= dict.fromkeys(map(folded, words.split()), code)
        self.required = not model_field.blank and not model_field.has_default()
        self.printed = f"{model_field.name}_as_printed"
        self.keeps_words = any(other.name == self.printed for other in model_field.model._meta.fields)

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(str(text) for _code, text in self.model_field.flatchoices)

    def code(self, text: str) -> str | None:
        return self.codes.get(folded(text)) or self.codes.get(folded(text.partition("（")[0].partition("(")[0]))

    def value(self, said, reading):
        text = said.text()
        code = self.code(text)
        if code is None and not self.keeps_words:
            raise CellError("unknown_choice", text=text, choices="、".join(self.choices))
        if self.keeps_words and text not in _spoken(self.model_field, code):
            reading.set(self.printed, text)
            if code is None:
                reading.warn("kept_as_printed", said.columns.get(""), text=text)
        return code or ""

    def read(self, said, reading):
        if said.text() in ERASE:
            return super().read(said, reading)
        value = self.value(said, reading)
        if value:
            reading.set(self.attribute, value)
        return None

    def key(self, said, reading):
        return self.code(said.text()) if said.cells.get("") is not None else None


def labels(model_field) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found |= {folded(str(label)): code for code, label in model_field.flatchoices if code}
    return found | {folded(str(code)): code for code, _label in model_field.flatchoices if code}


def _spoken(model_field, code) -> set[str]:
    return {text for text in _labels_of(model_field, code)} if code else set()


def _labels_of(model_field, code):
    for language in LANGUAGES:
        with override(language):
            yield str(dict(model_field.flatchoices)[code])


def folded(text: str) -> str:
    return plain(text).casefold().replace(" ", "")


class Number(Valued):
    kind = "number"

    def value(self, said, reading):
        text = said.text()
        try:
            number = int(Decimal(plain(text)))
            if number != Decimal(plain(text)):
                raise InvalidOperation
            self.model_field.run_validators(number)
        except (ArithmeticError, ValueError, ValidationError) as error:
            raise CellError("not_a_number", text=text) from error
        return number


class Day(Valued):
    kind = "date"

    def value(self, said, reading):
        text = said.text()
        try:
            return self.model_field.to_python(text.replace("/", "-"))
        except ValidationError as error:
            raise CellError("not_a_date", text=text) from error


class Flag(Valued):
    kind = "flag"
    YES, NO = ("是", "yes", "y", "true", "1", "√", "✓"), ("否", "no", "n", "false", "0", "×")

    def value(self, said, reading):
        cell = said.cells[""]
        text = str(cell).strip().casefold() if isinstance(cell, bool) else said.text().casefold()
        if text in (*self.YES, *self.NO):
            return text in self.YES
        raise CellError("not_yes", text=text)


class Period(Valued):
    """A period as printed; its first and last day beside it follow it."""

    kind = "period"
    parts = ("", "from", "to")

    def value(self, said, reading):
        cell = said.cells.get("")
        value = printed_value(self.model_field, int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
        for part, day in (("from", value.start), ("to", value.end)):
            if part in said.changed and reading.differs(said.cells[part], day):
                reading.problem("companion", said.columns[part], heading=self.label)
        return value

    def key(self, said, reading):
        return period_key(self.value(said, reading)) if "" in said.cells else None


def period_key(period):
    """Two periods are one if they mean the same days, however they are printed."""
    if not period:
        return None
    return (str(period.kind), period.start, period.end) if period.start else str(period)


class Figure(Valued):
    """A figure or growth as printed, or from columns of its number, unit and qualifier."""

    kind = "figure"
    parts = ("", "number", "unit", "exactness")  # and "qualifier", in no download

    def value(self, said, reading):
        main = "" if "" in said.cells else "number"
        text = self.printed(said, main)
        value = printed_value(self.model_field, text)
        for part in said.changed - {main, "qualifier"}:
            self._check(part, value, said, reading)
        return value

    def printed(self, said: Said, main: str = "") -> str:
        cell = said.cells.get(main)
        text = text_of(cell) if cell is not None else ""
        unit = said.text("unit") or said.unit(main)
        read = self.model_field.read if self.model_field is not None else parse_figure
        return compose(text, unit, said.text("qualifier"), read) if text else ""

    def _check(self, part: str, value, said: Said, reading):
        """A cell that only repeats what the figure says must agree with it."""
        agrees = {"number": _is_number, "unit": _is_unit, "exactness": _is_bound}.get(part)
        if agrees is not None and not agrees(said.text(part), value) and not reading.is_stale(said, part):
            reading.problem("companion", said.columns[part], heading=self.label)

    def read(self, said, reading):
        if said.changed and not said.changed & {"", "qualifier"} and "" in said.cells and reading.record is not None:
            for part in said.changed:
                reading.problem("companion", said.columns[part], heading=self.label)
        elif "" in said.cells or "number" in said.cells:
            super().read(said, reading)


def printed_value(model_field, value):
    try:
        read = model_field.to_python(value)
    except ValidationError as error:
        raise CellError(error.code, " ".join(error.messages)) from error
    if len(str(read or "")) > model_field.max_length:
        raise CellError("too_long", length=len(str(read)), most=model_field.max_length)
    return read


def _is_number(text: str, value) -> bool:
    return value.value is not None and text in (number_text(value.value), number_text(value.value.normalize()))


def _is_unit(text: str, value) -> bool:
    try:
        return parse_figure(f"1{text}").unit == value.unit
    except FigureError:
        return False


def _is_bound(text: str, value) -> bool:
    return text == str(value.bound)


class Reference(Valued):
    """A link to one record by its name."""

    kind = "reference"

    def __init__(self, name, label, model_field):
        super().__init__(name, label, model_field)
        self.target = model_field.related_model
        self.required = not model_field.blank

    def value(self, said, reading):
        return reading.refer(self.target, said.text(), said.columns[""])

    def read(self, said, reading):
        if said.text() in ERASE:
            reading.erase(self, said)
        elif (found := self.value(said, reading)) is not None:
            reading.set(self.attribute, found)

    def key(self, said, reading):
        return reading.refer(self.target, said.text(), said.columns[""]) if said.cells.get("") is not None else None

    def names(self, said):
        return [said.text()]


class Links(RowField):
    """Links to several records by their names."""

    kind = "references"

    def __init__(self, name, label, model_field):
        super().__init__(name, label, model_field)
        self.target = model_field.related_model

    def names(self, said):
        text = said.text()
        return list(dict.fromkeys([text, *split(text)]))

    def read(self, said, reading):
        text = said.text()
        if text in ERASE:
            return reading.link(self.attribute, [], only=True)
        whole = reading.knows(self.target, text)
        found = [reading.refer(self.target, name, said.columns[""]) for name in ([text] if whole else split(text))]
        if None not in found:
            reading.link(self.attribute, found, only=reading.by_number, column=said.columns[""])
        return None


class Entries(RowField):
    """Records that hang on the row's own and are told by the one link they show: memberships by level, entries by roster."""

    kind = "references"

    def __init__(self, name, label, relation, shown):
        super().__init__(name, label)
        self.model, self.owner = relation.related_model, relation.field.name
        self.shown = shown
        self.target = self.model._meta.get_field(shown).related_model

    def names(self, said):
        text = said.text()
        return list(dict.fromkeys([text, *split(text)]))

    def read(self, said, reading):
        text = said.text()
        whole = reading.knows(self.target, text)
        for name in [text] if whole else split(text):
            if (found := reading.refer(self.target, name, said.columns[""])) is not None:
                reading.child(self.model, self.owner, {self.shown: found})
        reading.note_kept(self, said, [text] if whole else split(text))

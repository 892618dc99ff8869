"""What a cell may say, one class for each way of reading it; derived from a table's columns, extended by subjects.

A field reads the cells that belong to it (`parts` tells them apart: a figure's number, unit and qualifier) and tells
the row's reading what they mean: a value, a link, or a record that hangs on the row's own.
"""

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models

from fengtai.importing.reading.cells import ERASE, CellError, split, words_of
from fengtai.importing.reading.said import Said
from fengtai.records.text_rules import text_rules
from fengtai.values.texts import plain, tidy, unbroken

LANGUAGES = ("zh-hans", "en")


class RowField:
    """One thing that a row may say. `attribute` is the model's field where there is one."""

    kind = "text"
    parts: tuple[str, ...] = ("",)
    beside: tuple[str, ...] = ()  # parts that have their own column in a template
    required = False
    erases = False  # whether it understands 清空; else the word would be taken for a name
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

    def understands(self, text: str) -> bool:
        """Whether a text is one of the words that the field has for its values."""
        return False

    @property
    def erasable(self) -> bool:
        return bool(self.model_field is not None and (self.model_field.blank or self.model_field.null))


class Computed(RowField):
    """A column that the platform works out itself."""

    kind, erases = "computed", True  # the word is refused like any other

    def read(self, said, reading):
        for part in said.changed:
            reading.problem("not_writable", said.columns[part])


class Valued(RowField):
    """A field of the record itself with one value."""

    erases = True

    def value(self, said: Said, reading):
        raise NotImplementedError

    def read(self, said, reading):
        cell = said.cells.get("")
        if isinstance(cell, str) and cell.strip() in ERASE:
            reading.erase(self, said)
        elif (value := self.value(said, reading)) is not None:
            reading.set(self.attribute, value)


class Text(Valued):
    def __init__(self, *args):
        super().__init__(*args)
        self.clean = cleaner(self.model_field)
        self.is_address = isinstance(self.model_field, models.URLField)
        self.has_lines = isinstance(self.model_field, models.TextField)
        self.text_only = getattr(self.model_field, "text_only", False)

    def value(self, said, reading):
        cell = said.cells[""]
        if self.text_only and isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
            raise CellError("damaged")
        text = words_of(cell, may_be_day=self.has_lines)
        text = text if self.has_lines else tidy(unbroken(text))
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
        found = split(said.words())
        known = getattr(reading.record, self.attribute).splitlines() if reading.record is not None else []
        kept = [] if reading.by_number else known
        return self.clean("\n".join(dict.fromkeys([*kept, *found])))


def cleaner(model_field):
    """The field's own rules, compiled once: longest text, choices of characters, validators."""
    most, validators = model_field.max_length, list(model_field.validators)
    read = getattr(model_field, "assigned", model_field.to_python)  # a printed field's own, without a fixture's mark
    if rule := text_rules(model_field.model).get(model_field.name):
        validators.append(rule)

    @lru_cache(maxsize=2048)  # clerks repeat themselves, and one text is enough for all that say the same
    def clean(text: str):
        try:
            value = read(text)
            if most and len(str(value)) > most:
                raise CellError("too_long", length=len(str(value)), most=most)
            for validate in validators:
                validate(value)
        except ValidationError as error:
            raise CellError(error.code or "invalid", " ".join(error.messages)) from error
        return value

    return clean


class Number(Valued):
    kind = "number"

    def value(self, said, reading):
        text = said.text()
        try:
            number = Decimal(plain(text))
            self.model_field.run_validators(number)  # before it becomes an integer: 1e999999 has a million digits
            if number != int(number):
                raise InvalidOperation
        except ValidationError as error:
            raise CellError("not_in_range", " ".join(error.messages)) from error
        except (ArithmeticError, ValueError) as error:
            raise CellError("not_a_number", text=text) from error
        return int(number)


class Day(Valued):
    kind = "date"

    def value(self, said, reading):
        text = said.text()
        try:
            return self.model_field.to_python(text.replace("/", "-"))
        except ValidationError as error:
            raise CellError("not_a_date", text=text) from error

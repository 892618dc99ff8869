"""Cells that are one of a few: choices by their label in either language, yes or no."""

from django.utils.translation import override

from fengtai.importing.reading.cells import ERASE, CellError, plain
from fengtai.importing.reading.row_fields import LANGUAGES, Valued


class Choice(Valued):
    """A choice by its label in either language or a synonym; the printed words are kept where there is room."""

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
        if self.keeps_words and text not in spoken(self.model_field, code):
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


def spoken(model_field, code) -> set[str]:
    return set(_labels_of(model_field, code)) if code else set()


def _labels_of(model_field, code):
    for language in LANGUAGES:
        with override(language):
            yield str(dict(model_field.flatchoices)[code])


def folded(text: str) -> str:
    return plain(text).casefold().replace(" ", "")


class Flag(Valued):
    kind = "flag"
    YES, NO = ("是", "yes", "y", "true", "1", "√", "✓"), ("否", "no", "n", "false", "0", "×")

    def value(self, said, reading):
        cell = said.cells[""]
        text = str(cell).strip().casefold() if isinstance(cell, bool) else said.text().casefold()
        if text in (*self.YES, *self.NO):
            return text in self.YES
        raise CellError("not_yes", text=text)

"""Cells that are one of a few: choices by their label in either language, yes or no."""

from django.utils.translation import override

from fengtai.importing.reading.cells import CellError
from fengtai.importing.reading.row_fields import LANGUAGES, Valued
from fengtai.values.texts import plain


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
        """The choice that a text names, with or without what stands in brackets behind it."""
        return self.codes.get(folded(text)) or self.codes.get(folded(text.partition("（")[0].partition("(")[0]))

    def understands(self, text):
        return self.code(text) is not None

    def value(self, said, reading):
        text = said.text()
        code = self.code(text)
        if code is None and not self.keeps_words:
            raise CellError("unknown_choice", text=text, choices="、".join(self.choices))
        if self.keeps_words and text not in spoken(self.model_field, code):
            reading.set(self.printed, text)
            if code is None:
                reading.warn("kept_as_printed", said.columns.get(""), text=text)
        return code

    def key(self, said, reading):
        return self.code(said.text()) if "" in said.cells else None


def labels(model_field) -> dict[str, str]:
    """The codes of a field's choices, by their folded labels in every language and by themselves."""
    codes = [code for code, _label in model_field.flatchoices if code]
    found = {folded(label): code for code in codes for label in spoken(model_field, code)}
    return found | {folded(str(code)): code for code in codes}


def spoken(model_field, code) -> set[str]:
    """What a choice is called, in every language; of no choice nothing."""
    found = set()
    for language in LANGUAGES if code else ():
        with override(language):
            found.add(str(dict(model_field.flatchoices)[code]))
    return found


def folded(text: str) -> str:
    """A word as it is compared: without width, case and blanks."""
    return plain(text).casefold().replace(" ", "")


class Flag(Valued):
    """Yes or no, in the words that clerks use."""

    kind = "flag"
    YES, NO = ("是", "yes", "y", "true", "1", "√", "✓"), ("否", "no", "n", "false", "0", "×")

    def value(self, said, reading):
        cell = said.cells[""]
        text = str(cell).strip().casefold() if isinstance(cell, bool) else said.text().casefold()
        if text in (*self.YES, *self.NO):
            return text in self.YES
        raise CellError("not_yes", text=text)

"""Cells that are one of a few: choices by their label in either language, yes or no."""

import re
from functools import cache

from django.utils.translation import override

from fengtai.importing.reading.answers import LEAVE
from fengtai.importing.reading.cells import ERASE, CellError
from fengtai.importing.reading.problems import sentence
from fengtai.importing.reading.row_fields import LANGUAGES, Valued
from fengtai.importing.reading.words import KEEP, KEPT_KIND, LEFT, NOTED, TO_REMARK, decision, line
from fengtai.values.texts import plain

# 开工（计划） is no start; 签约（拟联合） is a signing all the same.
TAKEN_BACK = re.compile(r"计划|预计|预期|拟(?=[定于在开投签建\d\W]|$)|力争|目标|未|暂|待|撤|废|失效|终止|退出|取消")
NOT_YET = re.compile("拟|未|待|即将|计划|预计|尚|非|不")  # what such a word begins with, it is not


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
        """The choice that a text names, with or without a remark in brackets that takes nothing of it back."""
        if code := self.codes.get(folded(text)):
            return code
        word, _bracket, remark = text.replace("（", "(").partition("(")
        return None if TAKEN_BACK.search(remark) else self.codes.get(folded(word))

    def understands(self, text):
        return self.code(text) is not None

    def options(self) -> list[tuple[str, str]]:
        """What a person may say that an unknown word means."""
        return [(str(code), str(label)) for code, label in self.model_field.flatchoices if code]

    def meant(self, text: str, column, reading) -> str:
        """The code that a word means, as the list or a person says; `leave`, `keep` or `remark` where they answer so.

        Empty where nobody has said so and the word is kept as printed; else, where there is no room for it, raises
        CellError.
        """
        if code := self.code(text):
            return code
        unknown = CellError("unknown_choice", text=text, choices="、".join(self.choices))
        others = (KEPT_KIND, LEFT) if self.keeps_words else (NOTED, LEFT) if reading.has_remark else (LEFT,)
        reason = sentence("unknown_choice", **unknown.details)
        choices, required = [*self.options(), *others], not self.keeps_words
        answer = decision(reading, column, text, reason, choices, offered=self.offered(text), required=required)
        if answer in dict(choices) or (self.keeps_words and not answer):
            return answer
        if code := self.code(answer):
            return code
        raise unknown

    def offered(self, text: str) -> str:
        """The one choice whose word an unknown word holds: 开工 in 正式开工; none where it says that it is not so."""
        word = folded(text)
        if NOT_YET.match(word):
            return ""
        known = [(len(each), code) for each, code in self.words().items() if len(each) > 1 and each in word]
        longest = {code for length, code in known if length == max(known)[0]}
        return str(next(iter(longest))) if len(longest) == 1 else ""

    def words(self) -> dict[str, str]:
        """All words that name a choice, folded."""
        return self.codes

    def value(self, said, reading):
        text, column = said.text(), said.columns.get("")
        meant = self.meant(text, column, reading)
        if meant == TO_REMARK:
            reading.kept.append(line(column.heading, text))
        if meant in (LEAVE, TO_REMARK):
            return None
        code = meant if meant != KEEP else ""
        if self.keeps_words and text not in spoken(self.model_field, code):
            reading.set(self.printed, text)
            if not meant:
                reading.warn("kept_as_printed", column, text=text)
        return code or None

    def key(self, said, reading):
        if said.cells.get("") in (None, *ERASE):
            return None
        meant = self.meant(said.text(), said.columns.get(""), reading)
        return meant if meant not in (LEAVE, KEEP, TO_REMARK, "") else None


def labels(model_field) -> dict[str, str]:
    """The codes of a field's choices, by their folded labels in every language and by themselves."""
    codes = [code for code, _label in model_field.flatchoices if code]
    found = {folded(label): code for code in codes for label in spoken(model_field, code)}
    return found | {folded(str(code)): code for code in codes}


@cache  # asked of every row, and three changes of language cost more than all else that is read of a cell
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

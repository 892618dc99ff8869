"""Names in cells, resolved: a record on file, one that the user lets be created, or something missing."""

from django.db import models

from fengtai.importing.planning.items import Item
from fengtai.importing.planning.plans import Missing
from fengtai.importing.reading.answers import CREATE, LEAVE, Answers
from fengtai.importing.reading.cells import CellError
from fengtai.importing.reading.derived_fields import must_be_said
from fengtai.records.mergeable import survivors
from fengtai.records.naming.name_books import NameBook
from fengtai.records.naming.naming_fields import naming_field
from fengtai.records.naming.near_names import near_names
from fengtai.search.pinyin import syllables as pinyin_syllables
from fengtai.values.texts import plain, tidy, unshowable


class Resolver:
    """One for a file: every name is looked up, listed as missing or created once."""

    def __init__(self, answers: Answers):
        self.answers = answers
        self.books: dict[type, NameBook] = {}
        self.created: dict[tuple[type, str], Item] = {}
        self.missing: dict[tuple[type, str], Missing] = {}
        self.own_links: dict[str, dict[int, int]] = {}  # by field what rows so far say of links within their list

    def book(self, model) -> NameBook:
        if model not in self.books:
            self.books[model] = NameBook(model)
        return self.books[model]

    def knows(self, model, text: str) -> bool:
        return bool(self.book(model).keys(text)) or (model, plain(text)) in self.created

    def refer(self, model, text: str) -> int | Item | None:
        """The key of the record of this name, or the record that will have it; None if the user leaves it out.

        Raises CellError for a name that stands for no one record.
        """
        found = self.book(model).keys(text)
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise CellError("ambiguous_reference", text=text, names="、".join(found.values()))
        return self._answered(model, text)

    def _answered(self, model, text: str) -> int | Item | None:
        if character := unshowable(text):
            raise CellError("hidden_character", character=character)
        answer = self.answers.of_reference(kind_of(model), text)
        missing = self._missing(model, text)
        missing.rows += 1
        missing.answered = answer is not None
        if answer is None:
            raise CellError(f"unknown_{kind_of(model)}", text=text)
        if answer == LEAVE:
            return None
        if answer == CREATE:
            return self._create(model, text)
        return self._existing(model, text, answer)

    def _existing(self, model, text: str, answer: str | int) -> int:
        """The record that the user named instead: by its key, or by "=" and its name."""
        if isinstance(answer, int):
            answer = survivors(model, [answer]).get(answer, answer)
            found = set(model._base_manager.filter(pk=answer).values_list("pk", flat=True))
        else:
            found = self.book(model).keys(answer[1:])
        if len(found) != 1:
            raise CellError(f"unknown_{kind_of(model)}", text=text)
        return next(iter(found))

    def _missing(self, model, text: str) -> Missing:
        return self.missing.setdefault((model, plain(text)), Missing(kind_of(model), text))

    def _create(self, model, text: str) -> Item:
        key = (model, plain(text))
        if key not in self.created:
            used = {str(value) for item in self.created.values() for value in item.values.values()}
            self.created[key] = Item(model, None, None, **new_values(model, text, used))
        return self.created[key]

    def add_near_names(self) -> None:
        """Beside every missing name those on file that are almost the same."""
        for model in {model for model, _text in self.missing}:
            names = {text: missing for (own, text), missing in self.missing.items() if own is model}
            for text, near in near_names(list(names), self.book(model).all_names).items():
                names[text].near = [(each.key, f"{each.name}（{each.reason}）") for each in near]


def kind_of(model) -> str:
    return model._meta.model_name


def new_values(model, text: str, used: set[str] = frozenset()) -> dict:
    """What a record of which only the name is known starts with; what else it must have cannot be guessed."""
    name = naming_field(model)
    values = {name: tidy(text)}
    if len(text) > model._meta.get_field(name).max_length:
        raise CellError("cannot_create", text=text)
    for field in model._meta.concrete_fields:
        if isinstance(field, models.SlugField) and field.unique:
            values[field.name] = _free_code(model, field, text, used)
        elif must_be_said(field) and field.name != name:
            if "other" not in dict(field.flatchoices or ()):
                raise CellError("cannot_create", text=text)
            values[field.name] = "other"
    return values


def _free_code(model, field, text: str, used: set[str]) -> str:
    """A code of the name's syllables; one that is taken gets a number."""
    syllables = "-".join(
        "".join(c for c in piece if c.isascii() and c.isalnum()) for piece in pinyin_syllables(plain(text))
    )
    start = syllables.strip("-").casefold()[: field.max_length - 4] or kind_of(model)
    taken = set(model._base_manager.filter(**{f"{field.name}__startswith": start}).values_list(field.name, flat=True))
    return next(
        code for code in (start, *(f"{start}-{number}" for number in range(2, 1000))) if code not in taken | used
    )

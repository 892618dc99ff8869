"""Which texts a record may hold: those that a reader can see. Derived from the model, so a new field is covered."""

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengtai.records.masking import refuse_masked
from fengtai.search.fields import FollowingField
from fengtai.values.texts import shows_something, tidy, unshowable

HIDDEN = _("This holds a character that no reader sees (%(character)s): type the text anew without it.")
BLANK = _("This shows nothing to a reader.")


@lru_cache
def text_rules(model) -> dict[str, Callable[[str], None]]:
    """By field the check of what it may hold; it raises ValidationError."""
    personal = getattr(model, "personal", ())
    return {
        field.name: _rule(field, field.name in personal) for field in model._meta.concrete_fields if _holds_words(field)
    }


def _holds_words(field) -> bool:
    texts = (models.CharField, models.TextField)
    return isinstance(field, texts) and not isinstance(field, FollowingField) and not field.choices


def _rule(field, is_personal: bool) -> Callable[[str], None]:
    return partial(check_text, has_lines=isinstance(field, models.TextField), is_personal=is_personal)


def check_text(value, *, has_lines: bool = False, is_personal: bool = False) -> None:
    """Raises ValidationError where a text holds what no reader sees, shows nothing, or is a masked value."""
    text = "" if value is None else str(value)
    if character := unshowable(text, has_lines=has_lines):
        raise ValidationError(HIDDEN, code="unshowable", params={"character": character})
    if text and not shows_something(text):
        raise ValidationError(BLANK, code="unshowable")
    if is_personal:
        refuse_masked(text)


def check_nul(value) -> None:
    """What a form refuses before the field's own rules are asked, in the same words."""
    if "\x00" in str(value):
        raise ValidationError(HIDDEN, code="unshowable", params={"character": "U+0000"})


def tidy_lines(row, names: Iterable[str]) -> None:
    """Makes every blank within a single line a plain one. A figure stays as printed."""
    for name in text_rules(type(row)).keys() & {*names} & row.__dict__.keys():
        value = row.__dict__[name]
        if isinstance(value, str) and not isinstance(row._meta.get_field(name), models.TextField):
            setattr(row, name, tidy(value))


def refused_texts(row, names: Iterable[str]) -> dict[str, ValidationError]:
    """By field what stands against the texts that a row holds."""
    refused = {}
    for name, check in text_rules(type(row)).items():
        if name in names and name in row.__dict__:
            try:
                check(getattr(row, name))
            except ValidationError as error:
                refused[name] = error
    return refused


def refuse_hidden(rows: Iterable[models.Model], names: Iterable[str] | None = None) -> None:
    """Before rows are written: nothing that no reader could see."""
    for row in rows:
        checked = text_rules(type(row)) if names is None else names
        if refused := refused_texts(row, checked):
            raise ValidationError(refused)

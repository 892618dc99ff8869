"""Columns that follow the texts of their own row: the tokens it is found by, and its name's position in the order.

A model names the texts; nobody writes the columns. They follow on every way of writing that Django has, so a row is
found by what it says and by nothing it said before.
"""

from functools import cache

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fengtai.search.lookups import Holds, Matches
from fengtai.search.numbers import number_tokens, other_texts, tokens_in
from fengtai.search.tokens import key_token, sort_key, tokens


class FollowingColumn(DeferredAttribute):
    """Always what the row's texts say, whatever was assigned or stored: its field reads them by `read_from`."""

    def __get__(self, instance, owner=None):
        return self if instance is None else self.field.read_from(instance)

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class FollowingField(models.TextField):
    """A column made from texts of its own row, which `follows` names.

    Migrations see a plain TextField; fixtures and histories leave the column out.
    """

    descriptor_class = FollowingColumn
    follows: tuple[str, ...] = ()

    def __init__(self, **kwargs):
        super().__init__(**{"blank": True, "default": "", "editable": False, "serialize": False, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance, add):
        """As inherited; stated here, because update_or_create() knows by it which columns fill themselves."""
        return super().pre_save(model_instance, add)


def following(model) -> list[FollowingField]:
    """The columns of a model that follow its texts."""
    return [field for field in model._meta.local_concrete_fields if isinstance(field, FollowingField)]


def _texts(instance, names: tuple[str, ...]) -> list[str]:
    return [str(value) for value in _values(instance, names)]


def _values(instance, names: tuple[str, ...]) -> list:
    values = [getattr(instance, name) for name in names]
    if any(hasattr(value, "resolve_expression") for value in values):
        raise FieldError(f"{', '.join(names)}: a text that is looked for is written as text, not as an expression")
    return [value for value in values if value not in (None, "")]


@cache
def _called(field, code: str) -> tuple[str, ...]:
    """What a choice is called, in every language of the site."""
    label, called = dict(field.flatchoices).get(code, ""), []
    for language, _name in settings.LANGUAGES:
        with override(language):
            called.append(str(label))
    return tuple(dict.fromkeys(called))


class SearchField(FollowingField):
    """The tokens of a row: of its names with their pinyin, of other texts as they stand.

    A figure or period among the texts is found by its number and its days, too. `choices_called` names fields whose
    choices are found by what they are called, in any language. Rows that hang on several models `hang_on` the link that
    says on which, so that one of these is asked without walking through what hangs on the others.
    """

    def __init__(
        self,
        *names: str,
        texts: tuple[str, ...] = (),
        choices_called: tuple[str, ...] = (),
        hang_on: str = "",
        **kwargs,
    ):
        self.names, self.texts, self.choices_called, self.hang_on = names, texts, choices_called, hang_on
        self.follows = (*names, *texts, *choices_called, *filter(None, [hang_on]))
        super().__init__(**{"verbose_name": _("search"), **kwargs})

    def read_from(self, instance) -> str:
        names, values = _texts(instance, self.names), _values(instance, self.texts)
        texts = [str(value) for value in values]
        texts += [text for value in values for text in other_texts(value)]
        for name in self.choices_called:
            texts += _called(self.model._meta.get_field(name), getattr(instance, name))
        whole = [token for value in values for token in number_tokens(value)]
        whole += [token for text in (*names, *values) if isinstance(text, str) for token in tokens_in(text)]
        whole = [*dict.fromkeys(whole)]
        if self.hang_on and (names or texts):  # what says nothing is never looked for
            whole.append(key_token(getattr(instance, self.model._meta.get_field(self.hang_on).attname)))
        return tokens(names, texts, whole)


SearchField.register_lookup(Matches)
SearchField.register_lookup(Holds)


class SortKeyField(FollowingField):
    """A name's position in the order of pinyin."""

    def __init__(self, named: str = "name", **kwargs):
        self.named, self.follows = named, (named,)
        super().__init__(**{"verbose_name": _("place in the order"), **kwargs})

    def read_from(self, instance) -> str:
        return sort_key("".join(_texts(instance, self.follows)))

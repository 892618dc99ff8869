"""Columns that follow the texts of their own row: the tokens it is found by, and its name's position in the order.

A model names the texts; nobody writes the columns. They follow on every way of writing that Django has, so a row is
found by what it says and by nothing it said before.
"""

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from fengtai.search.lookups import Holds, Matches
from fengtai.search.tokens import sort_key, tokens


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
    values = [getattr(instance, name) for name in names]
    if any(hasattr(value, "resolve_expression") for value in values):
        raise FieldError(f"{', '.join(names)}: a text that is looked for is written as text, not as an expression")
    return [str(value) for value in values if value not in (None, "")]


class SearchField(FollowingField):
    """The tokens of a row: of its names with their pinyin, of other texts as they stand."""

    def __init__(self, *names: str, texts: tuple[str, ...] = (), **kwargs):
        self.names, self.texts, self.follows = names, texts, (*names, *texts)
        super().__init__(**{"verbose_name": _("search"), **kwargs})

    def read_from(self, instance) -> str:
        return tokens(_texts(instance, self.names), _texts(instance, self.texts))


SearchField.register_lookup(Matches)
SearchField.register_lookup(Holds)


class SortKeyField(FollowingField):
    """A name's position in the order of pinyin."""

    def __init__(self, named: str = "name", **kwargs):
        self.named, self.follows = named, (named,)
        super().__init__(**{"verbose_name": _("place in the order"), **kwargs})

    def read_from(self, instance) -> str:
        return sort_key("".join(_texts(instance, self.follows)))

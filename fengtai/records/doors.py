"""What the public may know of: a row by its own state, and a link only if every row along it is public."""

from collections.abc import Collection
from functools import lru_cache

from django.db import models
from django.db.models import Case, F, ManyToManyField, Q, When


class Shown(models.Model):
    """A row that pages may show.

    `owner` names the link to the record that the row is a part of, on whose page it stands; of several it is the first
    that is set. `public_through` names further links: what they lead to must be public too, or the row is not.
    """

    owner: tuple[str, ...] = ()
    public_through: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @classmethod
    def released_condition(cls, prefix: str = "") -> Q:
        """What makes the row public as far as it depends on the row alone."""
        return Q()

    @property
    def is_released(self) -> bool:
        return True

    @classmethod
    def public_condition(cls, prefix: str = "", known: Collection[str] = ()) -> Q:
        """Without asking anew of links that are known to be public, as a part's owner is on the owner's page."""
        condition = cls.released_condition(prefix)
        for name in [name for name in public_links(cls) if name not in known]:
            link = cls._meta.get_field(name)
            parent = link.related_model.public_condition(f"{prefix}{name}__")
            condition &= parent | Q(**{f"{prefix}{name}": None}) if link.null else parent
        return condition

    @classmethod
    def seen_from(cls, owner, prefix: str, known: Collection[str] = ()) -> Q:
        """What makes the row public as one that hangs on a row of another model."""
        return cls.public_condition(prefix, known)

    @property
    def is_public(self) -> bool:
        parents = (getattr(self, name) for name in public_links(type(self)))
        return self.is_released and all(parent.is_public for parent in parents if parent)

    @property
    def owned_by(self):
        """The record that this row is a part of; None where it is a record itself."""
        owners = (getattr(self, name) for name in self.owner)
        return next((record for record in owners if record is not None), None)


@lru_cache
def public_links(model) -> tuple[str, ...]:
    """The links that must be public, the owner's first.

    A citation's link to whatever it cites is no column: what it cites is asked before its citations are read.
    """
    named = dict.fromkeys([*getattr(model, "owner", ()), *getattr(model, "public_through", ())])
    return tuple(name for name in named if model._meta.get_field(name).concrete)


def expanded(model, path: str) -> str:
    """The same path by way of the rows that make a link: they may be hidden where both ends are public."""
    steps = []
    for name in path.split("__"):
        field = model._meta.get_field(name)
        steps += _through(field) if isinstance(field, ManyToManyField) else [name]
        model = field.related_model
    return "__".join(steps)


def _through(field: ManyToManyField) -> list[str]:
    """Links without a model of their own hold nothing but their two ends."""
    through = field.remote_field.through
    if through._meta.auto_created:
        return [field.name]
    return [through._meta.get_field(field.m2m_field_name()).related_query_name(), field.m2m_reverse_field_name()]


def seen(model, path: str, start: str = "") -> Q:
    """What is not public lets nobody find what it belongs to: every row along a path of links must be public.

    `start` is the prefix by which the model itself is reached.
    """
    condition, prefix = Q(), start
    for name in path.split("__"):
        owner, field, prefix = model, model._meta.get_field(name), f"{prefix}{name}__"
        model = field.related_model
        if issubclass(model, Shown):
            condition &= model.seen_from(owner, prefix, way_back(field))
    return condition


def as_known(model, path: str, start: str = ""):
    """A column at the end of a path of links as the public may know it: nothing where a row on the way is hidden."""
    link, column = path.rpartition("__")[0], F(f"{start}{path}")
    return column if not link or is_always_seen(model, link) else Case(When(seen(model, link, start), then=column))


def way_back(field) -> tuple[str, ...]:
    """The link by which rows found along another link lead back to where it starts."""
    return (field.field.name,) if field.auto_created and not field.many_to_many else ()


def is_always_seen(model, path: str) -> bool:
    """Whether a public row of the model can link to nothing hidden along a path."""
    for name in path.split("__"):
        field = model._meta.get_field(name)
        if name not in public_links(model) and _may_be_hidden(field.related_model):
            return False
        model = field.related_model
    return True


def _may_be_hidden(model) -> bool:
    return issubclass(model, Shown) and bool(model.public_condition())

"""What the public may know of: a row by its own state, and a link only if every row along it is public."""

from django.db import models
from django.db.models import Case, F, ManyToManyField, Q, When

from fengtai.records.paths import linked_model


class Shown(models.Model):
    """A row that pages may show. `public_through` names the links that must be public too, or the row is not."""

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
    def public_condition(cls, prefix: str = "") -> Q:
        condition = cls.released_condition(prefix)
        for name in cls.public_through:
            link = cls._meta.get_field(name)
            parent = link.related_model.public_condition(f"{prefix}{name}__")
            condition &= parent | Q(**{f"{prefix}{name}": None}) if link.null else parent
        return condition

    @classmethod
    def seen_from(cls, owner, prefix: str) -> Q:
        """What makes the row public as one that hangs on a row of another model."""
        return cls.public_condition(prefix)

    @property
    def is_public(self) -> bool:
        parents = (getattr(self, name) for name in self.public_through)
        return self.is_released and all(parent.is_public for parent in parents if parent)


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
    condition, steps = Q(), path.split("__")
    for length in range(1, len(steps) + 1):
        prefix = "__".join(steps[:length])
        linked = linked_model(model, prefix)
        if issubclass(linked, Shown):
            condition &= linked.seen_from(linked_model(model, "__".join(steps[: length - 1])), f"{start}{prefix}__")
    return condition


def known(model, path: str, start: str = ""):
    """A column at the end of a path of links as the public may know it: nothing where a row on the way is hidden."""
    link, column = path.rpartition("__")[0], F(f"{start}{path}")
    return column if not link or is_always_seen(model, link) else Case(When(seen(model, link, start), then=column))


def is_always_seen(model, path: str) -> bool:
    """Whether a public row of the model can link to nothing hidden along a path."""
    for name in path.split("__"):
        field = model._meta.get_field(name)
        if name not in getattr(model, "public_through", ()) and _may_be_hidden(field.related_model):
            return False
        model = field.related_model
    return True


def _may_be_hidden(model) -> bool:
    return issubclass(model, Shown) and bool(model.public_condition())

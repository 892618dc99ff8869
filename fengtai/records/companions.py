"""The columns beside a printed text: each holds one part of what the text says, whatever is assigned to it."""

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from fengtai.search.fields import FollowingColumn


class _Companion:
    """A column beside a printed text that holds a part of its reading; migrations see the plain column."""

    descriptor_class = FollowingColumn
    follows = part = ""

    def read_from(self, instance):
        """What the printed text says, or what is stored where the text was not loaded."""
        if self.follows not in instance.__dict__:
            return DeferredAttribute(self).__get__(instance)
        return getattr(instance.__dict__[self.follows], self.part, self.get_default())

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        plain = type(self).__mro__[2]
        kwargs.pop("choices", None)  # of no meaning to a database
        if "default" in kwargs:
            kwargs["default"] = str(kwargs["default"])
        return name, f"django.db.models.{plain.__name__}", args, kwargs


class CompanionDecimal(_Companion, models.DecimalField):
    pass


class CompanionChar(_Companion, models.CharField):
    pass


class CompanionDate(_Companion, models.DateField):
    pass

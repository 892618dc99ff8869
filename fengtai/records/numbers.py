"""Whole numbers that staff type: the same bounds on every database."""

from django.core.validators import MaxValueValidator
from django.db import models


class SmallNumber(models.PositiveSmallIntegerField):
    """A whole number that every database holds; SQLite by itself would take one that PostgreSQL refuses."""

    LARGEST = 32767
    default_validators = [MaxValueValidator(LARGEST)]

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveSmallIntegerField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"max_value": self.LARGEST, **kwargs})

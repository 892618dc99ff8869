"""What a set of records can be asked: the public door, and writes that keep companion columns true."""

from django.core.exceptions import FieldError
from django.db import models

from fengtai.fields import PrintedField


class RecordQuerySet(models.QuerySet):
    """Rows of a Record. `public()` is the only door of every public page, file and search."""

    def public(self):
        return self.filter(self.model.public_condition())

    def for_list(self):
        """Loads what the columns of the model's list follow; models with such columns override it."""
        return self

    def with_citations(self):
        """Loads where public sources state each row, into `public_citations`."""
        citations = self.model._meta.get_field("citations").related_model.objects.public()
        return self.prefetch_related(models.Prefetch("citations", citations, "public_citations"))

    def prefetch_public(self, *relations):
        """Loads the public rows of each reverse relation into `public_<relation>`."""
        rows = self
        for name in relations:
            related = self.model._meta.get_field(name).related_model.objects.public().for_list().with_citations()
            rows = rows.prefetch_related(models.Prefetch(name, related, f"public_{name}"))
        return rows

    def update(self, **values):
        """Writes a printed text together with the companions that follow it."""
        for field in _printed_fields(self.model):
            if field.name in values and not hasattr(values[field.name], "resolve_expression"):
                values |= field.companion_values(values[field.name])
            self._refuse_loose_companions(field, values)
        return super().update(**values)

    def bulk_update(self, objs, fields, batch_size=None):
        return super().bulk_update(objs, self._with_companions(fields), batch_size=batch_size)

    def bulk_create(self, objs, *args, update_fields=None, **kwargs):
        if update_fields is not None:
            update_fields = self._with_companions(update_fields)
        return super().bulk_create(objs, *args, update_fields=update_fields, **kwargs)

    def _with_companions(self, names):
        columns = [
            f"{field.name}_{part}"
            for field in _printed_fields(self.model)
            if field.name in names
            for part in field.columns()
        ]
        return [*names, *columns]

    def _refuse_loose_companions(self, field, values):
        expected = {f"{field.name}_{part}" for part in field.columns()} if field.name in values else set()
        given = {f"{field.name}_{part}" for part in field.columns()} & values.keys()
        if given != expected:
            raise FieldError(f"{field.name} and its companion columns are written together, by its text")


def _printed_fields(model) -> list[PrintedField]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, PrintedField)]

"""What a set of records can be asked: the public door, and writes that keep companion columns true."""

from django.core.exceptions import FieldError
from django.db import models, transaction
from django.db.models import Case
from django.db.models.functions import Cast
from django.utils import timezone

from fengtai.records.fields import PrintedField
from fengtai.records.text_rules import refuse_hidden, text_rules
from fengtai.records.trail.stored import columns_of
from fengtai.records.trail.watching import watched
from fengtai.search.fields import following

BATCH = 500  # rows rewritten at a time


def with_companions(model, names) -> list[str]:
    """Names of columns together with those that follow them."""
    printed = [
        f"{field.name}_{part}" for field in _printed_fields(model) if field.name in names for part in field.columns()
    ]
    followers = [field.name for field in following(model) if not {*field.follows}.isdisjoint(names)]
    return list(dict.fromkeys([*names, *printed, *followers]))


def _printed_fields(model) -> list[PrintedField]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, PrintedField)]


class FollowingQuerySet(models.QuerySet):
    """Rows whose columns follow their texts on every way of writing. `public()` is their only door to the public."""

    def public(self):
        return self.filter(self.model.public_condition())

    def update(self, **values):
        """Writes a text together with what follows it."""
        self._refuse_hidden(values)
        for field in _printed_fields(self.model):
            if field.name in values and not _is_expression(values[field.name]):
                values |= field.companion_values(values[field.name])
            self._refuse_loose_companions(field, values)
        if not {*values} & {column.name for column in columns_of(self.model)} or _is_of_bulk_update(values):
            return self._update_following(values)
        with watched() as watch:
            watch.touch((self.model, key) for key in self.order_by().values_list("pk", flat=True))
            return self._update_following(values)

    def delete(self):
        with watched():
            return super().delete()

    delete.alters_data = delete.queryset_only = True  # as Django's own: no manager deletes all there is

    def _refuse_hidden(self, values: dict):
        rules = text_rules(self.model)
        for name in rules.keys() & values.keys():
            if not _is_expression(values[name]):  # a bulk_update() looked at its rows
                rules[name](values[name])

    def _update_following(self, values: dict):
        """A row's tokens come from several texts, so each row is read again once its text is written."""
        followers = [field for field in following(self.model) if not {*field.follows}.isdisjoint(values)]
        if any(field.name in values and not _is_expression(values[field.name]) for field in following(self.model)):
            raise FieldError("Columns that follow a text are not written by themselves")
        if all(field.name in values for field in followers):  # bulk_update() brings them along
            return super().update(**values)
        with transaction.atomic(using=self.db):
            keys = list(self.order_by().values_list("pk", flat=True))
            for batch in _batches(keys):
                models.QuerySet.update(self._rows(batch), **values)
            self.follow(keys)
        return len(keys)

    def follow(self, keys):
        """Makes the following columns of these rows say again what the texts say."""
        names = [field.name for field in following(self.model)]
        texts = {text for field in following(self.model) for text in field.follows}
        for batch in _batches(keys):
            self.model._base_manager.using(self.db).bulk_update(self._rows(batch).only("pk", *texts), names)

    def _rows(self, keys):
        return self.model._base_manager.using(self.db).filter(pk__in=keys)

    def bulk_update(self, objs, fields, batch_size=None):
        objs = tuple(objs)
        refuse_hidden(objs, fields)
        with watched() as watch:
            watch.touch((self.model, row.pk) for row in objs)
            return super().bulk_update(objs, with_companions(self.model, fields), batch_size=batch_size)

    def bulk_create(self, objs, *args, update_fields=None, **kwargs):
        objs = list(objs)
        refuse_hidden(objs)
        begun = timezone.now()
        with watched() as watch:
            watch.touch((self.model, row.pk) for row in objs if row.pk is not None)
            created = self._bulk_create(objs, *args, update_fields=update_fields, **kwargs)
            watch.added((row for row in created if row.pk is not None), begun=begun)
        return created

    def _bulk_create(self, objs, *args, update_fields, **kwargs):
        if update_fields is None:
            return super().bulk_create(objs, *args, **kwargs)
        columns = with_companions(self.model, update_fields)
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, *args, update_fields=columns, **kwargs)
            if any(not {*field.follows} <= {*update_fields} for field in following(self.model)):
                # An object need not hold the texts that it leaves as they are.
                self.follow([row.pk for row in created])
        return created

    def _refuse_loose_companions(self, field, values):
        expected = {f"{field.name}_{part}" for part in field.columns()} if field.name in values else set()
        given = {f"{field.name}_{part}" for part in field.columns()} & values.keys()
        if given != expected:
            raise FieldError(f"{field.name} and its companion columns are written together, by its text")


def _is_of_bulk_update(values: dict) -> bool:
    """Whose rows were told as it began."""
    return all(isinstance(value, Case | Cast) for value in values.values())


def _is_expression(value) -> bool:
    return hasattr(value, "resolve_expression")


def _batches(keys: list):
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


class RecordQuerySet(FollowingQuerySet):
    """Rows that can be cited."""

    def with_citations(self):
        """Loads where public sources state each row, into `public_citations`."""
        citations = self.model._meta.get_field("citations").related_model.objects.public_of(self.model)
        return self.prefetch_related(models.Prefetch("citations", citations, "public_citations"))

"""Rows that are told by a label, and whose columns follow their texts."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.records.constraints import broken
from fengtai.records.doors import Shown
from fengtai.records.findings import Finding
from fengtai.records.noting import ADDED, CHANGED, DELETED, note, note_before
from fengtai.records.paths import value_at
from fengtai.records.querysets import FollowingQuerySet, with_companions
from fengtai.records.rings import rings
from fengtai.records.text_rules import refuse_hidden, refused_texts, text_rules, tidy_lines
from fengtai.records.trail.watching import watched
from fengtai.search.fields import following

TAKEN = _("Another record has the same %(field)s.")


class Followed(Shown):
    """A row whose columns follow its texts, also when it is loaded or saved in part, and whose texts can be seen."""

    objects = FollowingQuerySet.as_manager()
    personal: tuple[str, ...] = ()  # its fields that are masked until somebody asks for them
    unique_tells: dict[str, str] = {}  # by field what is told where another row holds the same

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        note_before(self)
        for field in following(type(self)):
            self.__dict__.setdefault(field.attname, "")  # what is not loaded would not be saved
        refuse_hidden([self], update_fields)
        if update_fields is not None:
            update_fields = with_companions(type(self), update_fields)
        kind = ADDED if self._state.adding else CHANGED
        begun = timezone.now()
        with watched() as watch:
            watch.touch_row(self)
            super().save(*args, update_fields=update_fields, **kwargs)
            watch.added([self], begun=begun)
        note(self, kind)  # also of rows without a history

    def delete(self, *args, **kwargs):
        note(self, DELETED)
        with watched() as watch:
            watch.going([self])
            return super().delete(*args, **kwargs)

    def _save_table(self, raw=False, *args, **kwargs):
        """Fixtures are written past save(): Django's own last step before the database is the one door they pass."""
        if raw:
            refuse_hidden([self])
        return super()._save_table(raw, *args, **kwargs)

    def clean_fields(self, exclude=None):
        """Every field at fault is told, also where others are."""
        texts = text_rules(type(self)).keys() - {*(exclude or ())}
        tidy_lines(self, texts)
        errors = refused_texts(self, texts)
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = {**errors, **error.error_dict}
        if errors:
            raise ValidationError(errors)

    def unique_error_message(self, model_class, unique_check):
        """In a sentence of its own for each kind of field, told with what the field is called."""
        if len(unique_check) != 1:
            return super().unique_error_message(model_class, unique_check)
        field = model_class._meta.get_field(unique_check[0])
        told = self.unique_tells.get(field.name, TAKEN)
        return ValidationError(told, code="unique", params={"field": field.verbose_name})

    def validate_constraints(self, exclude=None):
        """Told at the last field that a constraint speaks of. Columns that follow a text are looked at with it.

        That links lead in no ring is a rule like these, which no database can hold.
        """
        told = {}
        for fields, error in broken(self, exclude or ()):
            told.setdefault(fields[-1] if fields else NON_FIELD_ERRORS, []).append(error)
        told |= rings(self, without={*(exclude or ()), *told})
        if told:
            raise ValidationError(told)


class Labelled(Followed):
    """Something that pages speak of by a label, made alike from a row at hand and from its database columns."""

    label_paths: tuple[str, ...] = ("name",)
    list_name = ""  # the list in the site map whose detail page shows this row
    addressed_by = "pk"  # the column that stands in the address of that page: the key, or a slug
    may_lie_ahead: tuple[str, ...] = ()  # its days and periods that may well be in the future

    class Meta:
        abstract = True

    def __str__(self):
        return self.label(*(value_at(self, path) for path in self.label_paths))

    @classmethod
    def findings(cls, rows: Sequence) -> Iterable[Finding]:
        """What its subject has to say against releasing some rows, asked for all of them at once.

        What a row links to is loaded already.
        """
        return ()

    @staticmethod
    def label(*parts) -> str:
        return str(parts[0])

    @classmethod
    def published_name(cls, *parts) -> str:
        """Of the same parts the name as published, where `label` says another; else ""."""
        return ""

    @classmethod
    def label_columns(cls, prefix: str) -> list:
        """The database columns, seen from another model, that `label` takes."""
        return [F(f"{prefix}{path}") for path in cls.label_paths]

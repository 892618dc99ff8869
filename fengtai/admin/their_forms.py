"""Forms of those who may write only what is theirs: what would not be theirs afterwards is told at the field."""

from collections.abc import Iterable

from django import forms
from django.db import models
from django.db.models import Case, Value, When

from fengtai.review.reach import Reach, limit
from fengtai.review.scope import may_change
from fengtai.review.whose import sentence, yours


class TheirForm(forms.ModelForm):
    """`asked_by` is set by the admin page that makes the form."""

    asked_by = None

    def clean(self):
        cleaned = super().clean()
        reach = limit(self.asked_by, type(self.instance)) if self.asked_by is not None else None
        if reach is not None:
            self._refuse_what_would_not_be_theirs(cleaned, reach)
        return cleaned

    def _refuse_what_would_not_be_theirs(self, cleaned: dict, reach: Reach) -> None:
        owner = _owner_named(self, cleaned)
        if owner is not None:
            name, row = owner
            if not may_change(self.asked_by, row):
                self.add_error(name, forms.ValidationError(sentence(row), code="not_theirs"))
        elif belonging(type(self.instance)) and not self._belongs(cleaned, reach):
            name = next((name for name in type(self.instance).belongs_by if name in self.fields), None)
            self.add_error(name, forms.ValidationError(yours(reach), code="not_theirs"))

    def _belongs(self, cleaned: dict, reach: Reach) -> bool:
        """Whether any of the links by which it belongs leads to what they keep."""
        return any(
            not reach.held_in(link).isdisjoint(_keys(cleaned.get(link.name)) if link.name in self.fields else stored)
            for link in belonging(type(self.instance))
            for stored in [_stored(self.instance, link)]
        )


def belonging(model) -> list[models.Field]:
    return [model._meta.get_field(name) for name in getattr(model, "belongs_by", ())]


def kept_at(user, link: models.Field) -> frozenset[int]:
    """What a clerk keeps of all that may stand at a link; nothing where the link tells nothing of whose a record is."""
    reach = limit(user, link.model)
    return reach.held_in(link) if reach is not None and link in belonging(link.model) else frozenset()


def theirs_first(rows: models.QuerySet, own: frozenset[int]) -> models.QuerySet:
    """Before anything is typed: a record may stand in another industry beside their own."""
    rank = Case(When(pk__in=own, then=Value(0)), default=Value(1))
    return rows.order_by(rank, *(rows.query.order_by or rows.model._meta.ordering))


def theirs_to_begin_with(user, model, said: dict) -> dict:
    """A new record of a clerk who keeps one industry begins with it; a copied one keeps its own beside."""
    reach = limit(user, model)
    link = next(iter(belonging(model)), None)
    if reach is None or link is None or len(reach.industries) != 1:
        return {}
    [own] = reach.industries
    if not link.many_to_many:
        return {link.name: said.get(link.name) or own}
    named = said.get(link.name) or []
    named = named.split(",") if isinstance(named, str) else list(named)
    return {link.name: named if own in _keys(named) else [own, *named]}


def _owner_named(form: forms.ModelForm, cleaned: dict) -> tuple[str, models.Model] | None:
    """The record that a part is to belong to, where the form lets choose it; that of the page is asked there."""
    for name in getattr(type(form.instance), "owner", ()):
        field = form.fields.get(name)
        if isinstance(field, forms.models.InlineForeignKeyField):
            return None
        row = cleaned.get(name) if field is not None else getattr(form.instance, name, None)
        if row is not None:
            return (name, row) if field is not None and row.pk else None
    return None


def _keys(value) -> set[int]:
    rows = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    return {int(getattr(row, "pk", row)) for row in rows if row is not None and str(getattr(row, "pk", row)).isdigit()}


def _stored(row: models.Model, link: models.Field) -> set[int]:
    if not link.many_to_many:
        return {getattr(row, link.attname)}
    return set(getattr(row, link.name).values_list("pk", flat=True)) if row.pk else set()

"""Links from a record to another of its kind (a place lies in a place): followed upwards, they never come back."""

from collections.abc import Iterable, Iterator, Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

RING = _("This leads in a ring back to the record itself.")


def own_links(model) -> Iterator[models.Field]:
    """The fields that link a row to another row of its model."""
    return (field for field in model._meta.concrete_fields if field.is_relation and field.related_model is model)


def leads_back(field: models.Field, key: int, target: int | None, changed: Mapping[int, int] | None = None) -> bool:
    """Whether `target`, or what it leads to, is the row itself. `changed` is what is about to be written of others."""
    rows, passed = field.model._base_manager.order_by(), set()
    while target is not None and target not in passed:
        if target == key:
            return True
        passed.add(target)
        on_file = None if target in (changed or {}) else rows.filter(pk=target).values_list(field.attname, flat=True)
        target = changed[target] if on_file is None else on_file.first()
    return False


def links_upwards(field: models.Field, rows: Iterable[models.Model]) -> dict[int, int | None]:
    """Where each row that these lead to leads in turn: one statement for each step, however many rows."""
    found: dict[int, int | None] = {}
    asked = {getattr(row, field.attname) for row in rows} - {None}
    while asked:
        step = dict(field.model._base_manager.order_by().filter(pk__in=asked).values_list("pk", field.attname))
        found |= dict.fromkeys(asked) | step
        asked = {*step.values()} - found.keys() - {None}
    return found


def rings(row: models.Model, without=()) -> dict[str, ValidationError]:
    """By field each link of a row that leads back to it; a row that is new leads nowhere."""
    links = [] if row.pk is None else [field for field in own_links(type(row)) if field.name not in without]
    found = [field.name for field in links if leads_back(field, row.pk, getattr(row, field.attname))]
    return {name: ValidationError(RING, code="ring") for name in found}

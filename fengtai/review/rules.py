"""The rules of fields and models, asked of many stored rows at once.

What the database itself holds (unique values, checks, links that lead somewhere) no stored row can break, so only what
it cannot hold is asked here: what a full_clean() would say beyond that.
"""

from collections.abc import Iterator
from functools import lru_cache

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from fengtai.records.fields import PrintedField
from fengtai.records.findings import Finding, error
from fengtai.records.rings import RING, leads_back, links_upwards, own_links
from fengtai.records.text_rules import text_rules
from fengtai.review.as_printed import accepted, named
from fengtai.review.gathering import Release


def unread(release: Release) -> Iterator[Finding]:
    """Texts that are kept as printed because nothing reads them, but those that a reviewer accepted."""
    found = list(_unread(release))
    taken = accepted(release.records) if found else ()
    for row, field, value in found:
        name = named(type(row), field.name, str(value))
        if (release.record_of[row].pk, name) not in taken:
            told = {"field": field.verbose_name, "text": value}
            message = _("%(field)s “%(text)s” is not read: mend it, or accept it as printed on the page of its review.")
            yield error(message % told, row, field.name, name)


def _unread(release: Release) -> Iterator[tuple]:
    for group in release.groups:
        for field in group.model._meta.concrete_fields:
            if isinstance(field, PrintedField):
                values = ((row, getattr(row, field.name)) for row in group.rows)
                yield from ((row, field, value) for row, value in values if getattr(value, "is_unread", False))


def refused(release: Release) -> Iterator[Finding]:
    """What a form would refuse."""
    for group in release.groups:
        yield from _refused_fields(group.model, group.rows)
        if group.model.clean is not models.Model.clean:
            for row in group.rows:
                yield from _refused_row(row)
        yield from _rings(group.model, group.rows)


def _refused_fields(model, rows: list) -> Iterator[Finding]:
    texts = text_rules(model)
    for field in _checked(model):
        passed = set()  # many rows say the same
        for row in rows:
            value = getattr(row, field.attname)
            if value in passed or (field.blank and value in field.empty_values):
                continue
            try:
                field.clean(value, row)
                if field.name in texts:
                    texts[field.name](value)
            except ValidationError as problem:
                yield from _told(problem, row, field)
            else:
                passed.add(value)


@lru_cache
def _checked(model) -> list[models.Field]:
    """Fields that somebody fills in. Where links lead the database knows."""
    return [field for field in model._meta.concrete_fields if field.editable and not field.is_relation]


def _refused_row(row) -> Iterator[Finding]:
    try:
        row.clean()
    except ValidationError as problem:
        by_field = problem.error_dict if hasattr(problem, "error_dict") else {NON_FIELD_ERRORS: problem.error_list}
        for name, problems in by_field.items():
            field = None if name == NON_FIELD_ERRORS else row._meta.get_field(name)
            yield from _told(ValidationError(problems), row, field)


def _rings(model, rows: list) -> Iterator[Finding]:
    for field in own_links(model):
        upwards = links_upwards(field, rows)
        for row in rows:
            if leads_back(field, row.pk, getattr(row, field.attname), upwards):
                yield from _told(ValidationError(RING), row, field)


def _told(problem: ValidationError, row, field) -> Iterator[Finding]:
    label = f"{field.verbose_name}{_(': ')}" if field is not None else ""
    for message in problem.messages:
        yield error(f"{label}{message}", row, field.name if field is not None else "")

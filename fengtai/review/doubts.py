"""What a reviewer is asked about any row: what somebody doubts, and days that have not come yet."""

from collections.abc import Iterator
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.records.fields import PeriodField
from fengtai.records.findings import Finding, warning
from fengtai.records.models import Kept
from fengtai.review.gathering import Release


def doubted(release: Release) -> Iterator[Finding]:
    for group in release.groups:
        for row in group.rows if issubclass(group.model, Kept) else ():
            if row.doubt:
                yield warning(_("To be checked: %(doubt)s") % {"doubt": row.doubt}, row, "doubt")


def ahead(release: Release) -> Iterator[Finding]:
    """Days and periods that begin after today."""
    today = timezone.localdate(release.at)
    for group in release.groups:
        for field in group.model._meta.concrete_fields:
            if isinstance(field, PeriodField) or (isinstance(field, models.DateField) and _is_a_day(field)):
                for row in group.rows:
                    value = getattr(row, field.name)
                    if _begins(value, today) > today and field.name not in getattr(row, "may_lie_ahead", ()):
                        told = {"field": field.verbose_name, "date": value}
                        yield warning(_("%(field)s %(date)s lies in the future.") % told, row, field.name)


def _is_a_day(field) -> bool:
    return field.editable and not isinstance(field, models.DateTimeField)


def _begins(value, today: date) -> date:
    """A period of which only the end is known begins the day after today at the earliest if it ends later."""
    if isinstance(value, date) or value is None:
        return value or today
    return value.start or value.end or today

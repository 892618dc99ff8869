"""What the trail is asked: by whom, on which days, of which list or record, in which way."""

from datetime import date, datetime, time, timedelta

import django_filters
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengtai.lists.filters import Questions
from fengtai.lists.value_filters import DayFilter, SearchFilter
from fengtai.records.labelled import Followed
from fengtai.records.trail.acting import Act, Way

ALL = {"empty_label": _("all")}
TODAY, YESTERDAY, WEEK, LAST_WEEK, MONTH = "today", "yesterday", "week", "last-week", "month"
WHEN = [
    (TODAY, _("today")),
    (YESTERDAY, _("yesterday")),
    (WEEK, _("this week")),
    (LAST_WEEK, _("last week")),
    (MONTH, _("this month")),
]


def days_of(when: str, today: date) -> tuple[date, date]:
    """The first day and the last."""
    monday = today - timedelta(days=today.weekday())
    return {
        TODAY: (today, today),
        YESTERDAY: (today - timedelta(days=1),) * 2,
        WEEK: (monday, today),
        LAST_WEEK: (monday - timedelta(days=7), monday - timedelta(days=1)),
        MONTH: (today.replace(day=1), today),
    }[when]


def begins(day: date) -> datetime:
    """Midnight in Beijing."""
    return timezone.make_aware(datetime.combine(day, time.min))


class WhenFilter(django_filters.ChoiceFilter):
    def filter(self, queryset, value):
        if not value:
            return queryset
        first, last = days_of(value, timezone.localdate())
        return queryset.filter(at__gte=begins(first), at__lt=begins(last + timedelta(days=1)))


class SinceFilter(DayFilter):
    def filter(self, queryset, value):
        return queryset.filter(at__gte=begins(value)) if value else queryset


class UntilFilter(DayFilter):
    def filter(self, queryset, value):
        return queryset.filter(at__lt=begins(value + timedelta(days=1))) if value else queryset


class ListedFilter(django_filters.ChoiceFilter):
    """The kind of record, by the name of its model."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(record_type=ContentType.objects.get_for_model(apps.get_model(value)))


class OneRecordFilter(django_filters.CharFilter):
    """One record with its parts, as `app.model-12`; pages that ask it lead here, nobody types it."""

    on_request = True

    def filter(self, queryset, value):
        row = record_of(value) if value else None
        if row is None:
            return queryset.none() if value else queryset
        return queryset.filter(record_type=ContentType.objects.get_for_model(row[0]), record_id=row[1])


def record_of(text: str) -> tuple[type[models.Model], int] | None:
    label, _dash, key = text.rpartition("-")
    if label not in {model._meta.label_lower for model in kinds()} or not (key.isascii() and key.isdigit()):
        return None
    return (apps.get_model(label), int(key)) if len(key) < 19 else None


def name_of_record(model: type[models.Model], key: int) -> str:
    return f"{model._meta.label_lower}-{key}"


def kinds() -> list[type[models.Model]]:
    """Of which models rows stand in the trail as records."""
    found = [model for model in apps.get_models() if issubclass(model, Followed)]
    return sorted(found, key=lambda model: settings.SUBJECTS.index(model._meta.app_label))


def _kinds() -> list[tuple[str, str]]:
    return [(model._meta.label_lower, capfirst(model._meta.verbose_name)) for model in kinds()]


def _people() -> list[tuple[str, str]]:
    users = get_user_model().objects.order_by("-is_active", "username")
    return [(str(user.pk), user.get_full_name() or user.get_username()) for user in users]


class TrailFilter(Questions):
    q = SearchFilter()
    when = WhenFilter(label=pgettext_lazy("trail", "When"), choices=WHEN, **ALL)
    since = SinceFilter(label=_("From"))
    until = UntilFilter(label=_("Until"))
    by = django_filters.ChoiceFilter(field_name="by", label=_("who"), choices=_people, **ALL)
    kind = ListedFilter(label=_("list"), choices=_kinds, **ALL)
    act = django_filters.ChoiceFilter(field_name="act", label=_("act"), choices=Act.choices, **ALL)
    way = django_filters.ChoiceFilter(field_name="way", label=_("way"), choices=Way.choices, **ALL)
    record = OneRecordFilter(label=_("record"))

    staff, ranked = True, ""

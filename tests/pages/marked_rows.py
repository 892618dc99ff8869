"""Rows of any model, made from its fields: plain ones for the public, and marked ones that nobody may ever see.

A mark is a text that occurs nowhere else. Figures and periods cannot hold any text: theirs is a number or a year.
"""

import re
from datetime import date, timedelta
from functools import cache
from itertools import count
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import override

from fengtai.records.doors import Shown
from fengtai.records.fields import PrintedField
from fengtai.records.models import Kept, Part, Record
from fengtai.search.fields import FollowingField

MARK = re.compile(r"zqmark\w*|ZQMARK\w*|98765\d+|19[0-4]\d[年-]\d*")
COMMON_WORD = "示例"  # of marked and of plain rows alike
HIDDEN_STATES = {
    "draft": {"state": "draft"},
    "in review": {"state": "review"},
    "withdrawn": {"state": "withdrawn"},
    "embargoed": {"state": "published", "publish_at": timezone.now() + timedelta(days=3650)},
}
PUBLISHED = Record.State.PUBLISHED
NOT_TYPED = {"state", "publish_at", "version", "created_at", "changed_at"}
numbers = count(1)


def site_models() -> list[type[models.Model]]:
    """Every model of the site's own apps, without histories and bare link tables."""
    found = [model for name in settings.SUBJECTS for model in apps.get_app_config(name).get_models()]
    return [model for model in found if _names(model).isdisjoint({"history_id", "m2m_history_id"})]


def records() -> list[type[Kept]]:
    """Records, and their parts that have versions and citations too."""
    return [model for model in site_models() if issubclass(model, Kept)]


def hidden_states(model) -> dict[str, dict]:
    """By name, what hides a row of the model by itself."""
    if issubclass(model, Part):
        return {"held back": {"held_back": True}}
    return HIDDEN_STATES if issubclass(model, Record) else {}


def staff_models() -> list[type[models.Model]]:
    """Models without a door to the public, such as people to call."""
    return [model for model in site_models() if not issubclass(model, Shown) or getattr(model, "staff_only", False)]


def links_of(model) -> list[models.ForeignKey]:
    """The links of a row to other rows of the site."""
    links = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return [link for link in links if link.related_model in site_models()]


def many_links_of(model) -> list[models.ManyToManyField]:
    """Links that are no rows of their own."""
    return [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]


def plain(model, **given):
    """A public row; what is for staff alone is marked even there."""
    return _made(model, values(model, marked=False), {**_needed(model), **given}, given)


def marked(model, **given):
    """A row with a mark in every text. It hangs on public rows, unless others are given."""
    links = [link for link in links_of(model) if link.related_model is not model]
    return _made(
        model, values(model, marked=True), {link.name: hub(link.related_model) for link in links} | given, given
    )


def _needed(model) -> dict:
    return {link.name: hub(link.related_model) for link in links_of(model) if not link.null}


def _made(model, own: dict, linked: dict, given: dict):
    people = {field.name: somebody() for field in model._meta.concrete_fields if field.related_model is User}
    if "content_type" in _names(model):
        people |= {"content_type": ContentType.objects.get_for_model(ContentType)}
    if "object_id" in _names(model):
        people |= {"object_id": 1 if issubclass(model, Shown) else next(numbers)}  # of changes one for each record
    if "second_id" in _names(model):
        people |= {"first_id": 1, "second_id": 1 + next(numbers)}  # two records in their order
    try:
        with transaction.atomic():
            return model.objects.create(**{**own, **people, **linked})
    except IntegrityError:  # a hub has such a row already
        fresh = {name: plain(type(row)) for name, row in linked.items() if name not in given and row is not None}
        return model.objects.create(**{**own, **people, **linked, **fresh})


def hub(model):
    """One public row of a model, on which hidden rows hang."""
    key = model._meta.label
    if key not in _hubs:
        _hubs[key] = plain(model)
    return _hubs[key]


_hubs: dict[str, models.Model] = {}


def forget_hubs():
    _hubs.clear()


def values(model, *, marked: bool) -> dict:
    """Of every field that is typed a value that fits it."""
    number, found = next(numbers), {}
    for field in model._meta.concrete_fields:
        if field.name in NOT_TYPED or isinstance(field, FollowingField) or not field.editable or field.is_relation:
            continue
        value = _value(field, number, marked or _is_for_staff(field))
        if value is not None:
            found[field.name] = value
    if issubclass(model, Record):
        found["state"] = PUBLISHED
    return found


@cache
def _is_for_staff(field) -> bool:
    with override("en"):
        return str(field.help_text).startswith("Staff only")


def fields_for_staff(model) -> set[str]:
    told = {field.name for field in model._meta.concrete_fields if _is_for_staff(field)}
    return told | {*getattr(model, "for_staff", ())}


def no_days(model) -> dict[str, str]:
    """What makes a row without a period of its own."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, PrintedField) and field.blank]
    return {field.name: "" for field in fields if field.reading_kind == "period"}


def somebody():
    return User.objects.get_or_create(username="zqmark0somebody")[0]


def _value(field, number: int, marked: bool):
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, PrintedField):
        return _printed(field, number, marked)
    if isinstance(field, models.CharField | models.TextField | models.FileField):
        return _text(field, number, marked)
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.JSONField):
        said = {"model": f"zqmark{number}", "pk": 0, "key": 0, "kind": "~", "fields": {}, "old": {}, "new": {}}
        return [said] if field.name in ("rows", "edits") else said if marked else {}
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return _day(number, marked)
    if isinstance(field, models.IntegerField) and not field.primary_key:
        return 1
    return False if isinstance(field, models.BooleanField) else None


def _text(field, number: int, marked: bool) -> str:
    text = f"zqmark{number}{field.name}{COMMON_WORD}" if marked else f"{COMMON_WORD}{number}{field.name}"
    if isinstance(field, models.SlugField):
        return text.replace(COMMON_WORD, "x")
    if isinstance(field, models.EmailField):
        return text.replace(COMMON_WORD, "x") + "@example.com"
    if isinstance(field, models.URLField):
        return f"https://example.com/{text}"
    return text[: field.max_length]


def _printed(field, number: int, marked: bool) -> str:
    if field.reading_kind == "period":
        day = _day(number, marked)
        return f"{day.year}年{day.month}月{day.day}日"
    amount = f"98765{number}" if marked else f"{number}"
    if field.reading_kind == "growth":
        return f"增长{amount}%"
    return f"{amount}{next(iter(getattr(field, 'units', None) or ()), '家')}"


def _day(number: int, marked: bool) -> date:
    return date(1901 if marked else 2021, 1, 1) + timedelta(days=number % 900)


def _names(model) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}

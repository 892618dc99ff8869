"""Only what is theirs: the records that somebody of a work group may write, and the one question that tells them.

A clerk of a work group keeps the records of the group's industries, and nothing else, unless another role of theirs
writes rows of the model. A record says by which links it belongs (`Record.belongs_by`); a part belongs with its record.
What belongs to no industry is the programme office's. Everybody else is limited by their roles alone, and commands
without a named user by nothing.

What is asked here is asked again of what was written (`bounds.py`): no page has to be trusted.
"""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from fengtai.records.models import Kept, Record
from fengtai.records.noting import ADDED
from fengtai.records.trail.stored import Row, by_model, slices
from fengtai.review.reach import Reach, limit, reach_of
from fengtai.review.roots import root_of, tops_of

OWN = (Record.State.DRAFT, Record.State.REVIEW)  # of what anybody adds: before readers have it


def in_scope(user, rows: models.QuerySet) -> models.QuerySet:
    """Those of some rows that somebody may write, as far as it depends on whose they are."""
    reach = limit(user, rows.model)
    return rows if reach is None else rows.filter(belongs(rows.model, reach))


def may_change(user, row: models.Model) -> bool:
    """Whether a row is theirs to write, as it is stored; one that is not stored yet, whether they may add such rows."""
    if limit(user, type(row)) is None:
        return True
    root = root_of(row)
    return not outside(user, [(type(row), row.pk)]) if root.pk and row.pk else may_add(user, type(root))


def may_add(user, model) -> bool:
    """Whether there can be rows of a model that somebody may write."""
    reach = limit(user, model)
    return reach is None or _may_belong(model, reach)


def outside(user, rows: Iterable[Row], as_were: dict | None = None) -> dict[Row, Row]:
    """Those of some rows that are not theirs to write, each with the record that it belongs to; asked in bulk.

    `as_were` holds rows that are not stored any more. What is nowhere on file belongs to nobody.
    """
    reach = reach_of(user)
    limited = [row for row in rows if row[0]._meta.label not in reach.free] if reach is not None else []
    tops = tops_of(limited, as_were or {}) if limited else {}
    theirs = {
        (model, key)
        for model, keys in by_model({*tops.values()}).items()
        for some in slices(keys)
        for key in model._base_manager.order_by()
        .filter(belongs(model, reach), pk__in=some)
        .values_list("pk", flat=True)
    }
    return {row: top for row, top in tops.items() if top not in theirs}


def _may_belong(model, reach: Reach) -> bool:
    if getattr(model, "added_by_all", False):
        return True
    links = [model._meta.get_field(name) for name in getattr(model, "owner", ())]
    return any(reach.held_in(model._meta.get_field(name)) for name in getattr(model, "belongs_by", ())) or any(
        not link.concrete or _may_belong(link.related_model, reach) for link in links
    )


def belongs(model, reach: Reach, prefix: str = "") -> Q:
    """The condition that a row is theirs; seen from another model `prefix` is the path to it."""
    if getattr(model, "owner", ()):
        return _with_owner(model, reach, prefix)
    if getattr(model, "added_by_all", False):
        return Q(**{f"{prefix}pk__in": _own_drafts(model, reach.user)})
    found = Q(**{f"{prefix}pk__in": []})
    for link in map(model._meta.get_field, getattr(model, "belongs_by", ())):
        found |= _linked(link, reach, prefix)
    return found


def _with_owner(model, reach: Reach, prefix: str) -> Q:
    """With the first owner that is set."""
    found, earlier = Q(**{f"{prefix}pk__in": []}), Q()
    for link in map(model._meta.get_field, model.owner):
        if isinstance(link, GenericForeignKey):
            return found | (earlier & _cited(link, reach, prefix))
        found |= earlier & belongs(link.related_model, reach, f"{prefix}{link.name}__")
        earlier &= Q(**{f"{prefix}{link.name}": None})
    return found


def _linked(link: models.Field, reach: Reach, prefix: str) -> Q:
    keys = sorted(reach.held_in(link))
    if not link.many_to_many:
        return Q(**{f"{prefix}{link.attname}__in": keys})
    own, other = f"{link.m2m_field_name()}_id", f"{link.m2m_reverse_field_name()}_id"
    rows = link.remote_field.through._base_manager.filter(**{f"{other}__in": keys}).values(own)
    return Q(**{f"{prefix}pk__in": rows})


def _cited(link: GenericForeignKey, reach: Reach, prefix: str) -> Q:
    """Of a link that may lead to rows of any model: to rows that are theirs."""
    found = Q(**{f"{prefix}pk__in": []})
    for model in (model for model in apps.get_models() if issubclass(model, Kept) and _may_belong(model, reach)):
        rows = model._base_manager.order_by().filter(belongs(model, reach)).values("pk")
        kind = ContentType.objects.get_for_model(model)
        found |= Q(**{f"{prefix}{link.ct_field}": kind, f"{prefix}{link.fk_field}__in": rows})
    return found


def _own_drafts(model, user):
    made = model.history.filter(history_type=ADDED, history_user=user).order_by().values(model._meta.pk.name)
    return model._base_manager.order_by().filter(state__in=OWN, pk__in=made).values("pk")

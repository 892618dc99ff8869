"""Whose a record is, in one sentence: by which industries it belongs, and who keeps them."""

from collections import defaultdict
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from fengtai.records.record import Record
from fengtai.records.trail.stored import Row, by_model, slices
from fengtai.review.reach import Reach, groups_model
from fengtai.review.roots import root_of
from fengtai.review.scope import outside

LISTED = 3  # records named in one refusal
AND = "、"


class OutsideScope(PermissionDenied):
    """Somebody would write what is not theirs; the text says whose it is. Nothing was written."""


def refuse_outside(user, rows: Collection[Row], as_were: dict | None = None) -> None:
    """Raises OutsideScope where some of the rows are not theirs to write."""
    if found := {*outside(user, rows, as_were).values()}:
        raise OutsideScope(" ".join(sentences(found).values()) or _("This is not yours to change."))


def sentence(row: models.Model) -> str:
    """Of the record that a row is, or is a part of."""
    root = root_of(row)
    top = type(root)._meta.concrete_model, root.pk
    return sentences([top])[top]


def sentences(rows: Collection[Row], most: int = LISTED) -> dict[Row, str]:
    """Of the first `most` of some records."""
    rows = sorted(rows, key=lambda row: (row[0]._meta.label, row[1] or 0))[:most]
    keepers, found = _keepers(), {}
    for model, keys in by_model(rows).items():
        names = _belongings(model, keys)
        labels = _labels(model, keys)
        for key in keys:
            label = labels.get(key, model._meta.verbose_name)
            found[model, key] = _told(model, label, names[key], keepers)
    return found


def yours(reach: Reach) -> str:
    """What a clerk keeps, for whoever would make something that nobody of theirs keeps."""
    names = groups_model()._meta.get_field("industries").related_model._base_manager.in_bulk(reach.industries)
    if not names:
        return _("You belong to no work group with industries yet: the programme office can add you to one.")
    told = _("Name one of the industries that you keep (%(names)s): else the record is not yours to write.")
    return told % {"names": AND.join(sorted(map(str, names.values())))}


def _told(model, label, belongings: list[models.Model], keepers: dict) -> str:
    groups = dict.fromkeys(group for one in belongings for group in keepers[type(one), one.pk])
    said = {"record": label, "names": AND.join(map(str, belongings)), "groups": AND.join(groups)}
    if not getattr(model, "belongs_by", ()):
        return _("“%(record)s” is kept by the programme office.") % said
    if not belongings:
        return _("“%(record)s” belongs to no industry and is kept by the programme office.") % said
    if not groups:
        return _("“%(record)s” belongs to %(names)s and is kept by the programme office.") % said
    return _("“%(record)s” belongs to %(names)s and is kept by %(groups)s.") % said


def _keepers() -> dict[tuple, list[str]]:
    """The names of the work groups that keep each industry; a group keeps what names it."""
    found, groups = defaultdict(list), groups_model()
    rows = groups._base_manager.order_by("name").exclude(state=Record.State.WITHDRAWN)
    industry = groups._meta.get_field("industries").related_model
    for key, name, kept in rows.values_list("pk", "name", "industries"):
        found[industry, kept].append(name)
        found[groups, key] = [name]
    return found


def _belongings(model, keys: list[int]) -> dict[int, list[models.Model]]:
    """What the links of `belongs_by` lead to."""
    found = defaultdict(list)
    for link in map(model._meta.get_field, getattr(model, "belongs_by", ())):
        for some in slices(keys):
            rows = model._base_manager.order_by().filter(pk__in=some, **{f"{link.name}__isnull": False})
            pairs = list(rows.values_list("pk", link.name))
            ends = link.related_model._base_manager.in_bulk({end for _key, end in pairs})
            for key, end in pairs:
                found[key].append(ends[end])
    return found


def _labels(model, keys: list[int]) -> dict[int, str]:
    return {row.pk: str(row) for some in slices(keys) for row in model._base_manager.filter(pk__in=some)}

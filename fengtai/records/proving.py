"""What a citation may prove in public: a field that pages show, and of links only such as lead to nothing hidden.

The words of a citation say what the field says, so they are as public as the field is.
"""

from functools import lru_cache

from django.db.models import Exists, OuterRef, Q

from fengtai.records.doors import Shown, public_links, way_back
from fengtai.records.parts import KeptPart
from fengtai.records.record import Record

COMMON = {field.name for base in (Record, KeptPart) for field in base._meta.fields}


@lru_cache
def provable_fields(model) -> dict[str, object]:
    """The names that a citation's field may have, with their labels: the public fields of a model, the parts that
    belong to it, and the columns of its list that are no field of its own (`proved_as`).
    """
    own = {field.name: field.verbose_name for field in _own_fields(model)}
    parts = {link.get_accessor_name(): link.related_model._meta.verbose_name_plural for link in _parts(model)}
    return {**dict.fromkeys(getattr(model, "proved_as", ()), model._meta.verbose_name), **own, **parts}


def proves_public(model, prefix: str, key: str) -> Q:
    """What a citation of a model's row must prove; `key` is the path of the row's key, `prefix` leads to citations."""
    condition = Q(**{f"{prefix}field__in": ["", *provable_fields(model)]})
    for name, rows in _links(model):
        hidden = _hidden(model, name, rows, key)
        if hidden is not None:
            condition &= ~Q(**{f"{prefix}field": name}) | ~Exists(hidden)
    return condition


def _own_fields(model) -> list:
    common = COMMON | {*getattr(model, "for_staff", ())}
    fields = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    many = [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]
    return [field for field in (*fields, *many) if field.name not in common and _is_shown(field)]


def _is_shown(field) -> bool:
    return not field.is_relation or _may_be_known(field.related_model)


def _may_be_known(model) -> bool:
    return issubclass(model, Shown) and not getattr(model, "staff_only", False)


def _parts(model) -> list:
    links = [link for link in model._meta.related_objects if link.one_to_many and not link.hidden]
    return [link for link in links if _may_be_known(link.related_model)]


def _links(model):
    """Each link with what says where its rows are found."""
    yield from ((field.name, field) for field in _own_fields(model) if field.is_relation)
    yield from ((link.get_accessor_name(), link) for link in _parts(model))


def _hidden(model, name: str, link, key: str):
    """The hidden rows that a row is linked to; None where there can be none."""
    known = ()
    if link.many_to_many:
        rows, owner, step = link.remote_field.through, link.m2m_field_name(), f"{link.m2m_reverse_field_name()}__"
    elif link.one_to_many:
        rows, owner, step, known = link.related_model, link.field.name, "", way_back(link)
    elif name in public_links(model):
        return None
    else:
        rows, owner, step = model, "pk", f"{name}__"
    condition = link.related_model.public_condition(step, known)
    if not condition:
        return None
    some = {f"{step.removesuffix('__')}__isnull": False} if step else {}
    return rows._base_manager.order_by().filter(**{owner: OuterRef(key)}, **some).exclude(condition)

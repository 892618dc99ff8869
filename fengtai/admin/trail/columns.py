"""The columns of the trail: who, of which record, by which import."""

from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fengtai.lists.columns import Column
from fengtai.records.links import staff_pages
from fengtai.records.trail.acting import Act
from fengtai.records.trail.stored import TEMPORARY

UNKNOWN = (Act.SIGN_IN_FAILED, Act.LOCKED_OUT)  # may be tried with a name that nobody has


def model_of(kind: int | None):
    return ContentType.objects.get_for_id(kind).model_class() if kind else None


class Quiet(Column):
    """Where nothing is to be said, nothing stands: a trail has no "not stated"."""

    def cell(self, model, name):
        read, html = self.reader(model, name), self.html
        return lambda values: html(value) if (value := read(values)) not in (None, "") else ""

    def html(self, value):
        return format_html("{}", value)


class WhoColumn(Quiet):
    def select(self, model, name):
        return ["by_name", "act"]

    def reader(self, model, name):
        return lambda values: values[0] or (_("unknown account") if values[1] in UNKNOWN else None)


class WhatColumn(Quiet):
    """The record, and which of its parts if it is one; what writes no row says what it was about."""

    def select(self, model, name):
        return ["record_type_id", "record_id", "record_label", "content_type_id", "label"]

    def reader(self, model, name):
        return lambda values: values if values[0] or values[2] else None

    def html(self, value):
        kind, key, name, own, label = value
        record, row = model_of(kind), model_of(own)
        address = staff_pages(record).address(key) if record is not None and _is_on_file(key) else ""
        name = name or (f"{record._meta.verbose_name} {key}" if record else "")
        shown = format_html('<a href="{}">{}</a>', address, name) if address else format_html("{}", name)
        of = record and (_part(row, label) if own != kind else capfirst(record._meta.verbose_name))
        return format_html('{} <span class="trail-kind">{}</span>', shown, of) if of else shown

    def cells(self, value):
        if value is None:
            return [None]
        kind, _key, name, own, label = value
        return ["：".join(filter(None, [name, _part(model_of(own), label) if own != kind else ""])) or None]


def _part(row, label: str) -> str:
    if row is None:
        return label
    return f"{capfirst(row._meta.verbose_name)} {label}".strip()


def _is_on_file(key: int | None) -> bool:
    return key is not None and key < TEMPORARY


class BatchColumn(Quiet):
    """The import, with a link to its page."""

    def select(self, model, name):
        return ["batch_id", "batch__file_name", "batch__uuid"]

    def reader(self, model, name):
        return lambda values: values if values[0] else None

    def html(self, value):
        key, name, uuid = value
        if not uuid:
            return format_html("#{}", key)
        return format_html('<a href="{}">{}</a>', reverse("admin:import_batch", args=[UUID(str(uuid))]), name)

    def cells(self, value):
        return [(value[1] or f"#{value[0]}") if value else None]

"""The columns of the trail: who, of which record, and what changed, in words."""

import json
from datetime import datetime
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fengtai.lists.columns import Column
from fengtai.lists.staff_columns import moment
from fengtai.records.links import staff_pages
from fengtai.records.noting import ADDED, CHANGED, DELETED
from fengtai.records.record import Record, in_words
from fengtai.records.trail.acting import WRITES, Act
from fengtai.records.trail.stored import TEMPORARY
from fengtai.review.edits import Edit
from fengtai.review.words import changed_said, label_of

UNKNOWN = (Act.SIGN_IN_FAILED, Act.LOCKED_OUT)  # may be tried with a name that nobody has
KINDS = {Act.ADDED: ADDED, Act.DELETED: DELETED}
LISTED = 8  # fields in a cell of the page; files hold all


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


class ChangesColumn(Quiet):
    """Old and new of each field, in words; the names of what is linked are read together for all rows of a page."""

    def select(self, model, name):
        return ["old", "new", "content_type_id", "object_id", "act", "redacted_at", "at"]

    def together(self, rows: list[tuple]) -> list[tuple]:
        """The first value of each becomes what is said."""
        read = [(_json(old), _json(new), *others) for old, new, *others in rows]
        edits = [_edit(*values[:5]) for values in read]
        words = iter(changed_said([edit for edit in edits if edit is not None]))
        lines = [
            with_states(next(words), edit, moment(values[6])) if edit is not None else _as_it_stands(*values[:2])
            for edit, values in zip(edits, read, strict=True)
        ]
        return [((said, bool(values[5])), *values[1:]) for said, values in zip(lines, read, strict=True)]

    def reader(self, model, name):
        return lambda values: values[0] if values[0][0] or values[0][1] else None

    def html(self, value):
        lines, is_redacted = value
        shown = format_html_join("", '<li><span class="trail-field">{}</span> {}</li>', map(_line, lines[:LISTED]))
        more = format_html("<li>{}</li>", _more(len(lines))) if len(lines) > LISTED else ""
        mark = format_html('<li class="quiet">{}</li>', pgettext("value", "redacted")) if is_redacted else ""
        return format_html('<ul class="trail-changes">{}{}{}</ul>', shown, more, mark)

    def cells(self, value):
        if value is None:
            return [None]
        lines, is_redacted = value
        said = [f"{label}{_(': ')}{old} → {new}" if old else f"{label}{_(': ')}{new}" for label, old, new in lines]
        return ["；".join([*said, *([pgettext("value", "redacted")] if is_redacted else [])])]


def with_states(lines: list[tuple[str, str, str]], edit: Edit, at: datetime) -> list[tuple[str, str, str]]:
    """What is published and waits for a time reads as another state, though the stored one is the same."""
    if "publish_at" not in {*edit.old, *edit.new} or edit.kind == DELETED:
        return lines
    label = label_of(edit.model, "state")
    old, new = ("" if not values else _state(edit.model, values, at) for values in (edit.old, edit.new))
    others = [line for line in lines if line[0] != label]
    return [(label, old, new), *others] if old != new else others


def _state(model, values: dict, at: datetime) -> str:
    """What is not said stayed as it was: only what is published waits for a time."""
    publish_at = model._meta.get_field("publish_at").to_python(values.get("publish_at"))
    return in_words(values.get("state", Record.State.PUBLISHED), publish_at, at)


def _more(count: int) -> str:
    return _("and %(count)d more") % {"count": count - LISTED}


def _line(line: tuple[str, str, str]) -> tuple:
    label, old, new = line
    if old:
        return label, format_html("<del>{}</del> → <ins>{}</ins>", old, new or "—")
    return label, format_html("<ins>{}</ins>", new)


def _json(value) -> dict:
    """The driver of either database hands out text."""
    return json.loads(value) if isinstance(value, str) else value or {}


def _edit(old: dict, new: dict, kind: int | None, key: int | None, act: str) -> Edit | None:
    """What is said of a row that people write."""
    model = model_of(kind)
    if model is None or act not in (*WRITES, Act.KEPT) or not hasattr(model, "owner"):
        return None
    made = KINDS.get(act) or (ADDED if not old else DELETED if not new else CHANGED)
    return Edit(model, key, made, old, new)


def _as_it_stands(old: dict, new: dict) -> list[tuple[str, str, str]]:
    labels = {"address": _("address"), "name": _("name"), "field": _("field")}
    names = dict.fromkeys((*old, *new))
    return [(labels.get(name, name), _text(old.get(name)), _text(new.get(name))) for name in names]


def _text(value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return _(", ").join(map(str, value))
    return "" if value is None else str(value)


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

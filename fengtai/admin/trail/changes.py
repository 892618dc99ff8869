"""What changed, in words: old and new of each field, as the page of the trail and a record's history tell them."""

import json
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fengtai.admin.trail.columns import Quiet, model_of
from fengtai.lists.staff_columns import moment
from fengtai.records.noting import ADDED, CHANGED, DELETED
from fengtai.records.record import Record, in_words
from fengtai.records.trail.acting import WRITES, Act
from fengtai.review.edits import Edit
from fengtai.review.words import changed_said, label_of

KINDS = {Act.ADDED: ADDED, Act.DELETED: DELETED}
LISTED = 8  # fields in a cell of the page; files hold all


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
    labels = _labels()
    names = dict.fromkeys((*old, *new))
    return [(labels.get(name, name), _text(old.get(name)), _text(new.get(name))) for name in names]


def _labels() -> dict[str, str]:
    """What is said beside the fields of records: of acts that write none, and of accounts."""
    said = {"address": _("address"), "name": _("name"), "field": _("field")}
    account = {"first_name": pgettext("person", "name"), "username": _("Sign-in name"), "is_active": _("May sign in")}
    return said | account | {"roles": _("Roles"), "work_groups": _("Work groups")}


def _text(value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return _(", ").join(map(str, value))
    return "" if value is None else str(value)

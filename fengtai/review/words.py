"""Edits as people read them: fields by their labels, choices and linked rows in words, old beside new."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fengtai.records.models import Citation
from fengtai.records.noting import ADDED, CHANGED, DELETED
from fengtai.records.paths import joined, links_read
from fengtai.records.proving import provable_fields
from fengtai.records.record import local_time
from fengtai.records.trail.stored import Row, by_model, columns_of, revived, slices
from fengtai.review.edits import Edit
from fengtai.values.masking import masked

UNSAID = {"content_type", "object_id"}  # told by the name of the row


@dataclass
class FieldSaid:
    name: str
    label: str
    old: str
    new: str
    proofs: list = field(default_factory=list)  # the citations that prove it
    shared: bool = False  # whether somebody else would change it too


@dataclass
class RowSaid:
    """A row added, changed or deleted."""

    row: Row
    kind: str
    model: str
    name: str
    fields: list[FieldSaid]
    proofs: list = field(default_factory=list)  # those of the row as a whole
    shared: bool = False

    @property
    def act(self) -> str:
        words = {
            ADDED: pgettext("row", "new"),
            CHANGED: pgettext("row", "changed"),
            DELETED: pgettext("row", "deleted"),
        }
        return words[self.kind]

    @property
    def is_told_in_short(self) -> bool:
        """What goes, and where a source says something: a line is enough."""
        return self.kind == DELETED or (self.row[0] is Citation and self.kind == ADDED)


def said(edits: Iterable[Edit]) -> list[RowSaid]:
    """In words, as of what the database has now: within a trial links to rows that were added have names as well."""
    edits = list(edits)
    names = _names(edits)
    return [_row_said(edit, names) for edit in edits]


def changed_said(edits: list[Edit]) -> list[list[tuple[str, str, str]]]:
    """Of each edit its fields with old and new; the names of what they link to are read together."""
    names = _on_file(_links(edits))
    return [[(one.label, one.old, one.new) for one in _row_said(edit, names).fields] for edit in edits]


def label_of(model, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)
    except (FieldDoesNotExist, AttributeError):
        return name


def value_said(model, name: str, value) -> str:
    """One stored value in words."""
    edit = Edit(model, 0, CHANGED, {}, {name: value})
    return _value(edit, _column(model, name), value, _names([edit]))


def touched(edits: Iterable[Edit]) -> set[tuple]:
    """What edits write: fields of rows, and of rows deleted all there are."""
    found = set()
    for edit in edits:
        names = edit.old if edit.kind == DELETED else edit.new
        found |= {(edit.row, name) for name in names} if edit.kind != ADDED else set()
    return found


def counted(edits: Iterable[Edit]) -> int:
    """A field changed counts one, and so does a row that comes or goes."""
    return sum(len(edit.new) if edit.kind == CHANGED else 1 for edit in edits)


def _row_said(edit: Edit, names: dict[Row, str]) -> RowSaid:
    owner = getattr(edit.model, "owner", ()) if edit.kind != CHANGED else ()  # where a part moves it is told
    hidden = UNSAID.union(owner)
    fields = [
        FieldSaid(column.name, str(column.verbose_name), *_old_and_new(edit, column, names))
        for column in _columns(edit)
        if column.name not in hidden
    ]
    shown = [one for one in fields if one.old != one.new]
    if edit.model is Citation and edit.kind == CHANGED and "object_id" in edit.new:
        shown.insert(
            0, FieldSaid("object_id", _("proves"), *(_record_said(edit, said) for said in (edit.old, edit.new)))
        )
    return RowSaid(edit.row, edit.kind, str(edit.model._meta.verbose_name), names.get(edit.row) or "—", shown)


def _record_said(edit: Edit, values: dict) -> str:
    """What a citation proves, that moves from one record to another; of one kind the trail keeps only the numbers."""
    kind = values.get("content_type")
    model = ContentType.objects.get_for_id(kind).model_class() if kind else (_cited(edit) or (None,))[0]
    found = model._base_manager.filter(pk=values["object_id"]).first() if model is not None else None
    return str(found or f"#{values['object_id']}")


def _columns(edit: Edit) -> list[models.Field]:
    """In the order of the model; of a row as a whole what says something."""
    found = [*edit.model._meta.concrete_fields, *edit.model._meta.local_many_to_many]
    said = edit.old | edit.new
    if edit.kind == CHANGED:
        return [column for column in found if column.name in said]
    return [c for c in found if c.editable and said.get(c.name) not in (None, "", [], False)]


def _old_and_new(edit: Edit, column, names) -> tuple[str, str]:
    old, new = edit.old.get(column.name), edit.new.get(column.name)
    if column.many_to_many and edit.kind == CHANGED:  # only what came and what went
        old, new = ([key for key in one or [] if key not in (other or [])] for one, other in ((old, new), (new, old)))
    return _value(edit, column, old, names), _value(edit, column, new, names)


def _value(edit: Edit, column, value, names) -> str:
    if value is None or value in ("", []):
        return ""
    if column is None:
        return str(value)
    if column.is_relation:
        keys = value if isinstance(value, list) else [value]
        return _(", ").join(names.get((column.related_model, key)) or f"#{key}" for key in keys)
    if edit.model is Citation and column.name == "field":
        return _proved(edit, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(column, models.DateTimeField):
        return local_time(column.to_python(value))
    return str(dict(column.flatchoices or ()).get(value, value))


def _proved(edit: Edit, name: str) -> str:
    cited = _cited(edit)
    return str(provable_fields(cited[0]).get(name, name)) if cited else name


def _cited(edit: Edit) -> Row | None:
    """What a citation proves."""
    values = edit.old | edit.new
    if not {"content_type", "object_id"} <= values.keys():
        stored = Citation.objects.filter(pk=edit.key).values("content_type", "object_id").first()
        values = stored or values
    kind = values.get("content_type")
    model = ContentType.objects.get_for_id(kind).model_class() if kind else None
    return (model, values["object_id"]) if model else None


def _column(model, name: str):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _names(edits: list[Edit]) -> dict[Row, str]:
    """Of every row that the edits speak of: as it is stored, else as the edits have it."""
    found = {edit.row: _name_in(edit) for edit in edits if edit.kind != CHANGED}
    return found | _on_file({*(edit.row for edit in edits), *_links(edits)})


def _on_file(rows: Iterable[Row]) -> dict[Row, str]:
    found = {}
    for model, keys in by_model(rows).items():
        for some in slices(sorted(set(keys))):
            rows = joined(model._base_manager.order_by().filter(pk__in=some), links_read(model))
            found |= {(model, row.pk): _named(row) for row in rows}
    return found


def _named(row: models.Model) -> str:
    """Of a person masked: who reviews and who reads never see whom to call."""
    return masked(str(row)) if getattr(row, "personal", ()) else str(row)


def _links(edits: list[Edit]):
    for edit in edits:
        for name, column in ((name, _column(edit.model, name)) for name in {*edit.old, *edit.new}):
            if column is not None and column.is_relation and column.related_model is not None:
                for value in (edit.old.get(name), edit.new.get(name)):
                    keys = value if isinstance(value, list) else [value]
                    yield from ((column.related_model, key) for key in keys if isinstance(key, int))


def _name_in(edit: Edit) -> str:
    values = edit.new or edit.old
    columns = [column for column in columns_of(edit.model) if column.name in values]
    row = edit.model(**{column.attname: revived(column, values[column.name]) for column in columns})
    try:
        return _named(row)
    except ObjectDoesNotExist:  # of what it links to
        return ""

"""A merge as edits: what each row says now, and what it will."""

import hashlib
import json
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from fengtai.records.links_to import citing, naming
from fengtai.records.models import Citation, Record
from fengtai.records.noting import ADDED, CHANGED
from fengtai.records.trail.stored import Row, columns_of, links_of, plain, states
from fengtai.review.edits import Edit
from fengtai.review.merging.folding import Fold
from fengtai.review.merging.plans import KEPT, LOST, Plan, Question

NOT_YET = 0  # the key of a row that the merge adds


class _Edits:
    """Gathered field by field; those of one row are one edit."""

    def __init__(self):
        self.rows: dict[Row, tuple[dict, dict]] = {}

    def set(self, row: Row, name: str, old, new) -> None:
        """A second time it goes on from what was set before, as where both ends of a list of links move."""
        if old != new:
            was, says = self.rows.setdefault(row, ({}, {}))
            was.setdefault(name, old)
            says[name] = new

    def get(self, row: Row, name: str, stored):
        return self.rows.get(row, ({}, {}))[1].get(name, stored)

    def listed(self) -> list[Edit]:
        return [Edit(*row, CHANGED, old, new) for row, (old, new) in self.rows.items()]


def edits_of(plan: Plan, choices: dict[str, str], kind: str = "") -> list[Edit]:
    """In the order in which they can be written. `kind` is that of the name which the survivor does not go by."""
    edits = _Edits()
    chosen = {question: choices[question.key] for question in plan.questions}
    _the_records(plan, chosen, edits)
    _the_rows(plan, edits)
    _keep_printed(plan, edits)
    for fold in plan.folds:
        _the_fold(plan, fold, chosen, edits)
    _let_proofs_go(chosen, edits)
    _citations(plan.rows[1], plan.rows[0], _not_taken(plan.rows[0], chosen), edits)
    return edits.listed() + _other_name(plan, chosen, kind)


def _the_records(plan: Plan, chosen: dict[Question, str], edits: _Edits) -> None:
    """What there may be once in all leaves the one record before it comes to the other."""
    survivor, loser = plan.rows
    was = plan.stored[loser]
    edits.set(loser, "state", was["state"], Record.State.WITHDRAWN.value)
    edits.set(loser, "publish_at", was["publish_at"], None)
    edits.set(loser, "merged_into", None, survivor[1])
    for question, side in chosen.items():
        if question.row == survivor and side != KEPT and question.field.name in unique_columns(plan.model):
            edits.set(loser, question.field.name, question.lost, None)
    for question, side in chosen.items():
        edits.set(question.row, question.field.name, question.kept, question.value(side))


def unique_columns(model) -> set[str]:
    """Columns of which no two rows hold the same."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    alone = {rule.fields[0] for rule in rules if len(rule.fields) == 1}
    return alone | {column.name for column in columns_of(model) if column.unique}


def _the_rows(plan: Plan, edits: _Edits) -> None:
    for field, keys in plan.moved.items():
        for row in ((field.model, key) for key in keys):
            _renamed(row, field, plan.stored[row], plan.rows, edits)


def _renamed(row: Row, field: models.Field, state: dict, ends: tuple[Row, Row], edits: _Edits) -> None:
    """The row names the first of two others instead of the second."""
    (_model, to), (_same, away) = ends
    now = edits.get(row, field.name, state[field.name])
    if field.many_to_many:
        edits.set(row, field.name, state[field.name], sorted({*now, to} - {away}))
    else:
        edits.set(row, field.name, state[field.name], to)


def _keep_printed(plan: Plan, edits: _Edits) -> None:
    """Rows that showed the name of their record as that which their list printed go on showing it."""
    named, printed = plan.model.label_paths[0], plan.model.merging.printed
    says = edits.get(plan.rows[0], named, plan.stored[plan.rows[0]][named])
    for record, side in zip(plan.rows, (plan.ours, plan.moved), strict=True):
        name = plan.stored[record][named]
        for row in ((field.model, key) for field in side if not field.many_to_many for key in side[field]):
            state = plan.stored[row]
            if name != says and state.get(printed) == "" and state.get("roster", NOT_YET) is not None:
                edits.set(row, printed, "", name)


def _the_fold(plan: Plan, fold: Fold, chosen: dict[Question, str], edits: _Edits) -> None:
    """What names or proves the row that is seen no more goes over to the other."""
    model, key = fold.lost
    if plan.stored[fold.lost].get("held_back") is False and not _goes_with_owner(plan, fold.lost):
        edits.set(fold.lost, "held_back", False, True)
    lost = model._base_manager.get(pk=key)
    _citations(fold.lost, fold.kept, _not_taken(fold.kept, chosen), edits)
    if fold.kept[0] is model:
        for field, keys in naming(lost).items():
            stored = states([(field.model, one) for one in keys])
            for row in stored:
                _renamed(row, field, stored[row], (fold.kept, fold.lost), edits)


def _goes_with_owner(plan: Plan, row: Row) -> bool:
    """Whether it stands on the page of the record that goes: a party stands on that of its project."""
    owner = next((name for name in row[0].owner if plan.stored[row].get(name) is not None), "")
    return bool(owner) and row[0]._meta.get_field(owner).related_model is plan.model


def _let_proofs_go(chosen: dict[Question, str], edits: _Edits) -> None:
    """Nor does what proved a value that was given up prove the one that was taken instead."""
    for question in (one for one, side in chosen.items() if side == LOST):
        model, key = question.row
        rows = [(Citation, one) for one in citing(model._base_manager.get(pk=key))]
        for row, state in states(rows).items() if rows else ():
            if state["field"] == question.field.name:
                edits.set(row, "field", state["field"], "")


def _not_taken(row: Row, chosen: dict[Question, str]) -> set[str]:
    """The fields of a row of which the other value was not taken: nothing that proves it proves this one."""
    return {question.field.name for question, side in chosen.items() if question.row == row and side == KEPT}


def _citations(away: Row, to: Row, not_taken: set[str], edits: _Edits) -> None:
    """A citation of a value that was not taken goes on saying that its source speaks of the record."""
    kinds = [ContentType.objects.get_for_model(model).pk for model, _key in (away, to)]
    rows = [(Citation, key) for key in citing(away[0]._base_manager.get(pk=away[1]))]
    for row, state in states(rows).items():
        edits.set(row, "object_id", away[1], to[1])
        was, says = edits.rows[row]
        was["content_type"], says["content_type"] = kinds  # so that it is known what the number is of
        if state["field"] in not_taken or away[0] is not to[0]:
            edits.set(row, "field", state["field"], "")


def _other_name(plan: Plan, chosen: dict[Question, str], kind: str) -> list[Edit]:
    """The name that the survivor does not go by becomes another name of it, unless it is one already."""
    merging, named = plan.model.merging, plan.model.label_paths[0]
    question = next((one for one in chosen if (one.row, one.field.name) == (plan.rows[0], named)), None)
    if not merging.names or question is None:
        return []
    link = plan.model._meta.get_field(merging.names).field
    other = question.lost if chosen[question] == KEPT else question.kept
    known = [*plan.ours.get(link, ()), *plan.moved.get(link, ())]
    if other in {plan.stored[link.model, key]["name"] for key in known}:
        return []
    row = link.model(**{link.attname: plan.survivor.pk, "name": other, "kind": kind_of_name(link.model, kind)})
    new = {column.name: plain(column, getattr(row, column.attname)) for column in columns_of(link.model)}
    return [Edit(link.model, NOT_YET, ADDED, new=new | {one.name: [] for one in links_of(link.model)})]


def kind_of_name(model, kind: str) -> str:
    """The kind that was chosen; of what cannot be read the last, which says least."""
    known = list(dict(model._meta.get_field("kind").flatchoices))
    return kind if kind in known else known[-1]


def digest(edits: Iterable[Edit]) -> str:
    """By which a preview is known again: another edit, or another value stored meanwhile, makes another."""
    said = json.dumps([edit.as_json() for edit in edits], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]

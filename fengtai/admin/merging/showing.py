"""Two records side by side, as people read them: each field in which they differ, what moves, and what stays behind."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fengtai.importing.taking.rights import may_view
from fengtai.records.batches import ImportWrite
from fengtai.records.models import Citation
from fengtai.records.paths import joined, links_read
from fengtai.records.trail.stored import Row
from fengtai.review.comments import ReviewComment
from fengtai.review.merging.edits_of import kind_of_name
from fengtai.review.merging.plans import BOTH, KEPT, LOST, Plan, Question
from fengtai.review.pending import PendingChange
from fengtai.review.words import value_said

LISTED = 8  # rows named of one kind


@dataclass(frozen=True)
class Side:
    value: str
    said: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Asked:
    """One field with its sides; `of` names the row where it is none of the two records."""

    key: str
    label: str
    of: str
    sides: list[Side]

    @property
    def chosen(self) -> str:
        return next(side.said for side in self.sides if side.is_chosen)

    @property
    def is_wide(self) -> bool:
        """Whether a side holds more than a line."""
        return any(len(side.said) > 60 for side in self.sides)


@dataclass(frozen=True)
class Moves:
    kind: str
    count: int
    names: list[str]

    @property
    def more(self) -> int:
        return self.count - len(self.names)


def asked_of(plan: Plan, choices: dict[str, str]) -> list[Asked]:
    return [_asked(plan, question, choices[question.key]) for question in plan.questions]


def _asked(plan: Plan, question: Question, chosen: str) -> Asked:
    model, name = question.row[0], question.field.name
    labels = {KEPT: _("of the one that stays"), LOST: _("of the one that goes"), BOTH: _("both")}
    said = {side: value_said(model, name, question.value(side)) for side in question.sides}
    sides = [Side(side, said[side], labels[side], side == chosen) for side in question.sides]
    is_own = question.row == plan.rows[0]
    return Asked(question.key, capfirst(question.field.verbose_name), "" if is_own else _called(question.row), sides)


def _called(row: Row) -> str:
    model, key = row
    found = joined(model._base_manager.filter(pk=key), links_read(model)).first()
    return f"{model._meta.verbose_name} {found}"


def moves_of(plan: Plan, user) -> list[Moves]:
    found = [_moves(field.model, keys, user) for field, keys in plan.moved.items()]
    return [*found, _moves(Citation, plan.citations, user)] if plan.citations else found


def folded(plan: Plan, user) -> list[Moves]:
    """Rows that stay behind because the other record says the same already; what proves them moves."""
    by_model = {}
    for fold in plan.folds:
        by_model.setdefault(fold.lost[0], []).append(fold.lost[1])
    return [_moves(model, keys, user) for model, keys in by_model.items()]


def _moves(model, keys: list[int], user) -> Moves:
    """Names of what the user may not see are left out."""
    shown = keys[:LISTED] if may_view(user, model) else []
    rows = joined(model._base_manager.filter(pk__in=shown).order_by("pk"), links_read(model))
    return Moves(capfirst(model._meta.verbose_name_plural), len(keys), [str(row) for row in rows])


def stays_behind(plan: Plan) -> Iterator[tuple[str, int]]:
    """What is not moved, and is read by way of the merge or tells what was."""
    at = {"content_type": ContentType.objects.get_for_model(plan.model), "object_id": plan.loser.pk}
    told = {
        _("pending changes, which go on with the one that stays"): PendingChange.objects.open().filter(**at),
        _("entries of imports, which tell what they wrote"): ImportWrite.objects.filter(**at),
        _("comments of reviewers, which stay with the one that goes"): ReviewComment.objects.filter(**at),
        _("records that were merged into it before, and are led on"): plan.loser.merged.all(),
    }
    yield from ((words, count) for words, rows in told.items() if (count := rows.count()))


def name_asked(plan: Plan, choices: dict[str, str], kind: str) -> dict:
    """Of which kind the name is that the record will not go by, where it is asked."""
    named, relation = plan.model.label_paths[0], plan.model.merging.names
    question = next((one for one in plan.questions if (one.row, one.field.name) == (plan.rows[0], named)), None)
    if not relation or question is None:
        return {"kind": ""}
    rows = plan.model._meta.get_field(relation).related_model
    kind, kinds = kind_of_name(rows, kind), rows._meta.get_field("kind").flatchoices
    other = question.lost if choices[question.key] == KEPT else question.kept
    return {"kind": kind, "kinds": kinds, "other_name": other, "kind_label": dict(kinds).get(kind)}

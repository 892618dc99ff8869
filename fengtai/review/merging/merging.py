"""One record made of two: the one act, whoever asks for it."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from fengtai.records.mergeable import Mergeable, would_hide
from fengtai.records.record import EMBARGOED, Record
from fengtai.records.trail.acting import Way, acting
from fengtai.review.actions import Refused
from fengtai.review.edits import Edit
from fengtai.review.merges import Merge
from fengtai.review.merging.edits_of import digest, edits_of
from fengtai.review.merging.plans import Plan
from fengtai.review.merging.whole_writes import write_whole

LONGEST = Merge._meta.get_field("why").max_length


@transaction.atomic
def merge(survivor: Mergeable, loser: Mergeable, *, by, why: str, choices=(), kind: str = "", seen: str = "") -> Merge:
    """`choices` say by question which side stands, `seen` the digest of what was shown: of anything else it is Refused.

    Both records are held until it is done: of two who merge the same at once the second is told.
    """
    if not why.strip():
        raise Refused(_("Say why they are the same."))
    survivor, loser = held_pair(survivor, loser)
    if told := obstacles(survivor, loser):
        raise Refused(*told)
    plan = Plan(survivor, loser)
    edits = edits_of(plan, plan.choices(dict(choices)), kind)
    if seen and digest(edits) != seen:
        raise Refused(_("One of the two was changed since you looked at them. Look again."))
    return _written(plan, edits, by, why.strip()[:LONGEST])


def _written(plan: Plan, edits: list[Edit], by, why: str) -> Merge:
    survivor, loser = plan.survivor, plan.loser
    with acting(Way.MERGE, by=by, why=why):
        change = write_whole(edits, top=plan.rows[0], label=f"{loser} → {survivor}", by=by, why=why)
    kind = ContentType.objects.get_for_model(survivor)
    return Merge.objects.create(
        content_type=kind,
        loser_id=loser.pk,
        survivor_id=survivor.pk,
        change=change,
        stays=_stays(plan),
        by=by,
        why=why,
    )


def _stays(plan: Plan) -> list[tuple[str, int]]:
    """What goes on naming the record that goes: rows that the other has already."""
    return sorted((model._meta.label_lower, key) for model, key in {fold.lost for fold in plan.folds})


def held_pair(survivor: models.Model, loser: models.Model) -> tuple[Mergeable, Mergeable]:
    """As they are stored now, in one order for everybody; nobody else changes them before the transaction ends."""
    rows = type(survivor)._base_manager.order_by("pk").select_for_update().filter(pk__in=[survivor.pk, loser.pk])
    found = {row.pk: row for row in rows}
    if survivor.pk == loser.pk:
        raise Refused(_("A record is not merged with itself."))
    if len(found) < 2:
        raise Refused(_("It was deleted meanwhile."))
    return found[survivor.pk], found[loser.pk]


def obstacles(survivor: Mergeable, loser: Mergeable) -> list[str]:
    """What stands against merging the two, in sentences."""
    told = []
    for record in (survivor, loser):
        if record.merged_into_id is not None:
            said = {"record": record, "other": record.merged_into}
            told.append(_("%(record)s was merged into %(other)s already.") % said)
    if told:
        return told
    waiting = Merge.objects.of(type(survivor), [survivor.pk, loser.pk]).waiting().first()
    if waiting is not None:
        return [_("A merge of one of the two waits for its review: %(merge)s.") % {"merge": waiting}]
    if would_hide(loser.publication_state, survivor.publication_state):
        return [_("%(record)s is published and the other is not: it is the one that stays.") % {"record": loser}]
    return []


def stays_better(one: Mergeable, other: Mergeable) -> Mergeable:
    """The one that is proposed to stay: the published one, else the one on file for longer."""
    order = [Record.State.PUBLISHED, EMBARGOED, Record.State.REVIEW, Record.State.DRAFT, Record.State.WITHDRAWN]
    return min((one, other), key=lambda record: (order.index(record.publication_state), record.pk))

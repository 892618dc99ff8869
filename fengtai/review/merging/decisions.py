"""What was decided of pairs of records, and which pairs still ask for a decision."""

from collections.abc import Iterable
from itertools import combinations

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.records.mergeable import Pair, survivors, unmerged
from fengtai.records.noting import CHANGED
from fengtai.records.trail.acting import Act, Way
from fengtai.records.trail.entering import enter
from fengtai.review.actions import Refused
from fengtai.review.merges import Merge, PairDecision
from fengtai.review.merging.edits_of import unique_columns
from fengtai.review.pending import PendingChange

LONGEST = PairDecision._meta.get_field("why").max_length


def in_order(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def candidates(model) -> list[Pair]:
    """Pairs that may be one and the same and of which nothing is decided, in the order of their numbers."""
    found = {*model.merging.pairs(model), *pending_pairs(model)}
    return sorted(found - _decided(model) - _waiting(model)) if found else []


def _decided(model) -> set[Pair]:
    """A decision holds for what a record was merged into as well."""
    kind = ContentType.objects.get_for_model(model)
    rows = PairDecision.objects.filter(content_type=kind, taken_back_at=None).order_by()
    pairs = list(rows.values_list("first_id", "second_id"))
    lead = survivors(model, {key for pair in pairs for key in pair})
    return {in_order(lead.get(one, one), lead.get(other, other)) for one, other in pairs}


def _waiting(model) -> set[Pair]:
    kind = ContentType.objects.get_for_model(model)
    rows = Merge.objects.filter(content_type=kind).waiting().order_by()
    return {in_order(*pair) for pair in rows.values_list("loser_id", "survivor_id")}


def pending_pairs(model) -> dict[Pair, str]:
    """Those of which one is to get by a pending change what there may be once and the other has: by pair, the field."""
    found = {}
    for name in sorted(unique_columns(model)):
        asked = _asked_for(model, name)
        rows = unmerged(model._base_manager.order_by()).filter(**{f"{name}__in": [*asked]})
        for key, value in rows.values_list("pk", name) if asked else ():
            asked[value].add(key)
        found |= {pair: name for keys in asked.values() for pair in combinations(sorted(keys), 2)}
    return found


def _asked_for(model, name: str) -> dict[object, set[int]]:
    """By value the records that are to get it. The text of the edits is looked through before they are read."""
    kind = ContentType.objects.get_for_model(model)
    waiting = PendingChange.objects.open().filter(content_type=kind, of_several=False).order_by()
    said = waiting.annotate(said=Cast("edits", models.TextField())).filter(said__contains=f'"{name}"')
    asked: dict[object, set[int]] = {}
    for edit in (edit for change in said.iterator() for edit in change.read_edits()):
        if edit.model is model and edit.kind == CHANGED and edit.new.get(name):
            asked.setdefault(edit.new[name], set()).add(edit.key)
    lead = survivors(model, {key for keys in asked.values() for key in keys})
    return {value: {lead.get(key, key) for key in keys} for value, keys in asked.items()}


def reasons(model, pairs: Iterable[Pair]) -> dict[Pair, list[str]]:
    pairs, pending = [*pairs], pending_pairs(model)
    found = model.merging.reasons(model, pairs)
    for pair in pairs:
        if pair in pending:
            told = _("A pending change gives one of the two what the other has: %(field)s.")
            label = model._meta.get_field(pending[pair]).verbose_name
            found.setdefault(pair, []).insert(0, told % {"field": label})
    return found


def decide(one: models.Model, other: models.Model, verdict: str, *, by, why: str = "") -> PairDecision:
    """Remembered until it is taken back; another decision of the pair takes its place, the same sent twice does not."""
    if one.pk == other.pk or verdict not in PairDecision.Verdict.values:
        raise Refused(_("This is no decision on two records."))
    first, second = in_order(one.pk, other.pk)
    kind, why = ContentType.objects.get_for_model(one), why.strip()[:LONGEST]
    pair = {"content_type": kind, "first_id": first, "second_id": second}
    said = PairDecision.objects.filter(**pair, taken_back_at=None)
    same = said.filter(verdict=verdict, by=by, why=why)
    try:
        with transaction.atomic():
            ContentType.objects.select_for_update(no_key=True).get(pk=kind.pk)  # one decision after the other
            if found := same.first():
                return found
            said.update(taken_back_by=by, taken_back_at=timezone.now())
            made = PairDecision(**pair, verdict=verdict, by=by, why=why)
            made.save(force_insert=True)
            _enter(made, f"{one} / {other}", by, f"{made.get_verdict_display()} {made.why}")
            return made
    except IntegrityError as error:
        if found := same.first():
            return found
        raise Refused(_("Somebody else decided on this pair at this moment.")) from error


def take_back(decision: PairDecision, *, by) -> None:
    said = PairDecision.objects.filter(pk=decision.pk, taken_back_at=None)
    if not said.update(taken_back_by=by, taken_back_at=timezone.now()):
        raise Refused(_("It was taken back already."))
    _enter(decision, str(decision), by, _("Taken back"))


def _enter(decision: PairDecision, label: str, by, why: str) -> None:
    enter(Act.DECIDED, by=by, record=decision, label=label, why=why.strip(), way=Way.MERGE)

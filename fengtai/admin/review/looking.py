"""What a reviewer sees of one draft or change: old beside new with the source's words, what stands against it, who
typed it, what was returned, and who else would change the same.
"""

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from fengtai.admin.review.targets import model_of
from fengtai.records.findings import Finding
from fengtai.records.models import Citation, Kept, Record
from fengtai.records.trail.stored import Row
from fengtai.review.actions import Target
from fengtai.review.checklist import checklist
from fengtai.review.comments import ReviewComment
from fengtai.review.contributors import typed_by
from fengtai.review.led_on import edits_now
from fengtai.review.moved_on import moved_on
from fengtai.review.pending import PendingChange
from fengtai.review.replaying import Replay
from fengtai.review.whole import part_links, whole
from fengtai.review.words import RowSaid, said


@dataclass
class Look:
    rows: list[RowSaid]
    left: list[RowSaid] = field(default_factory=list)  # what cannot be written any more
    errors: list[str] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)  # what may be accepted as printed, and how it is told
    warnings: list[str] = field(default_factory=list)

    @property
    def against(self) -> list[str]:
        """All that stands against the release as long as the reviewer says nothing."""
        return [*self.errors, *(_("Not read: %(text)s.") % {"text": said} for _name, said in self.unread)]


@contextmanager
def as_released(target: Target):
    """Within it a change is written, as for a preview; afterwards everything is as it was before. Gives the Replay."""
    if not isinstance(target, PendingChange):
        yield None
        return
    with transaction.atomic():
        try:
            replay = Replay(edits_now(target), by=target.author, revision=target.revision)
            replay.run()
            yield replay
        finally:
            transaction.set_rollback(True)


def look(target: Target) -> Look:
    with as_released(target) as replay:
        edits = edits_now(target) if replay else whole(target)
        found = Look(said(edits), said(replay.left) if replay else [])
        shown = _prove(found.rows)
        found.rows = [row for row in found.rows if not row.is_told_in_short or _key(row.row, replay) not in shown]
        record = released_record(target, replay)
        for finding in checklist(record) if isinstance(record, Record) else []:
            if finding.as_printed:
                found.unread.append((finding.as_printed, _unread_told(finding, record)))
            else:
                (found.errors if finding.is_error else found.warnings).append(_told(finding, record))
    if replay is not None:
        found.warnings += [finding.message for finding in moved_on([target]).values()]
    return found


def released_record(target: Target, replay: Replay | None) -> models.Model | None:
    """The record as it would be."""
    if replay is None:
        return target
    model = model_of(target)
    key = replay.keys.get((model, target.object_id), target.object_id)
    return model._base_manager.filter(pk=key).first()


def _told(finding: Finding, record: Record) -> str:
    """The record stands in the heading; of another row it is said which."""
    if finding.row == record:
        return str(finding.message)
    return _("%(row)s: %(message)s") % {"row": finding.row, "message": finding.message}


def _unread_told(finding: Finding, record: Record) -> str:
    field = finding.row._meta.get_field(finding.field)
    said = f"{field.verbose_name}{_(': ')}“{getattr(finding.row, field.name)}”"
    return said if finding.row == record else _("%(row)s: %(message)s") % {"row": finding.row, "message": said}


def _key(row: Row, replay: Replay | None) -> Row:
    """Within a trial rows that were added have keys of their own."""
    return (row[0], replay.keys.get(row, row[1])) if replay else row


def _prove(rows: list[RowSaid]) -> set[Row]:
    """Beside each field stand the words of the sources that state it. Answers which citations do."""
    proofs, shown = _citations([row.row for row in rows if issubclass(row.row[0], Kept)]), set()
    for row in rows:
        own = proofs.get(row.row, [])
        row.proofs = [proof for proof in own if proof.field in ("", *getattr(row.row[0], "proved_as", ()))]
        for one in row.fields:
            one.proofs = [proof for proof in own if proof.field == one.name and proof not in row.proofs]
        shown |= {(Citation, proof.pk) for one in (row, *row.fields) for proof in one.proofs}
    return shown


def _citations(rows: list[Row]) -> dict[Row, list[Citation]]:
    found = defaultdict(list)
    for model in {model for model, _key in rows}:
        keys = [key for of, key in rows if of is model]
        kind = ContentType.objects.get_for_model(model)
        for proof in Citation.objects.filter(content_type=kind, object_id__in=keys).select_related("source"):
            found[model, proof.object_id].append(proof)
    return found


def people_of(target: Target) -> list:
    """Who typed in it: none of them may release it."""
    if isinstance(target, PendingChange):
        return list(target.contributors.order_by("pk"))
    users = {*target.history.order_by().values_list("history_user", flat=True)}
    for link in part_links(type(target)):
        if hasattr(link.related_model, "history"):
            versions = link.related_model.history.filter(**{f"{link.field.attname}": target.pk}).order_by()
            users.update(versions.values_list("history_user", flat=True))
    found = get_user_model()._default_manager.filter(pk__in=users - {None}).order_by("pk")
    return [user for user in found if typed_by(user, type(target), [target.pk])]


def returns_of(target: Target):
    kind = ContentType.objects.get_for_model(target)
    return ReviewComment.objects.filter(content_type=kind, object_id=target.pk).select_related("by")

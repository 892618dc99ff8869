"""A merge taken back, field by field, while nobody has written on what it touched."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from fengtai.records.noting import ADDED, CHANGED, DELETED
from fengtai.records.record import local_time
from fengtai.records.trail.acting import Way, acting
from fengtai.records.trail.stored import Row, by_model, slices, states
from fengtai.review.actions import Refused
from fengtai.review.edits import Edit
from fengtai.review.merges import Merge
from fengtai.review.merging.merging import LONGEST
from fengtai.review.merging.whole_writes import write_whole

LISTED = 20  # rows that were touched since


@transaction.atomic
def undo(merge: Merge, *, by, why: str) -> Merge:
    """Refused with what was touched since; where anything is public the undoing waits for a second person."""
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    _hold(merge)
    if not why.strip():
        raise Refused(_("Say why they are two after all."))
    if told := [*standing_against(merge)]:
        raise Refused(*told)
    with acting(Way.MERGE, by=by, why=why):
        merge.undoing = write_whole(
            reversed_edits(merge),
            top=(merge.model, merge.survivor_id),
            label=_("Undo: %(merge)s") % {"merge": merge.change.label},
            by=by,
            why=why.strip()[:LONGEST],
        )
    merge.save(update_fields=["undoing"])
    return merge


def _hold(merge: Merge) -> None:
    keys = [merge.loser_id, merge.survivor_id]
    list(merge.model._base_manager.order_by("pk").select_for_update().filter(pk__in=keys).values_list("pk"))


def reversed_edits(merge: Merge) -> list[Edit]:
    kinds = {ADDED: DELETED, CHANGED: CHANGED}
    return [
        Edit(edit.model, edit.key, kinds[edit.kind], old=edit.new, new=edit.old)
        for edit in reversed(merge.change.read_edits())
    ]


def standing_against(merge: Merge) -> Iterator[str]:
    """Why it cannot be undone, in sentences."""
    if not merge.is_done:
        yield _("Not possible as it is: %(state)s.") % {"state": merge.in_words}
    elif merge.undoing_waits:
        yield _("Its undoing waits for review already.")
    else:
        yield from _touched_since(merge)


def _touched_since(merge: Merge) -> Iterator[str]:
    edits = merge.change.read_edits()
    now = states({edit.row for edit in edits})
    gone = [edit for edit in edits if edit.row not in now]
    yield from (_("%(row)s was deleted since.") % {"row": _named(edit)} for edit in gone)
    versions = dict(_versions_since(merge, [edit.row for edit in edits if edit.row in now]))
    for edit in [edit for edit in edits if edit.row in now]:
        if edit.row in versions:
            yield _told(edit, versions[edit.row])
        elif any(now[edit.row][name] != value for name, value in edit.new.items()):
            yield _("%(row)s was changed since.") % {"row": _named(edit)}


def _versions_since(merge: Merge, rows: list[Row]) -> Iterator[tuple]:
    """The last entry that the history of each row got after the merge was written."""
    for model, keys in by_model(rows).items():
        if hasattr(model, "history"):
            for some in slices(keys):
                later = model.history.filter(id__in=some, history_date__gt=merge.change.decided_at)
                for version in later.select_related("history_user").order_by("history_date", "history_id"):
                    yield (model, version.id), version


def _told(edit: Edit, version) -> str:
    said = {"row": _named(edit), "who": version.history_user or "—", "time": local_time(version.history_date)}
    return _("%(row)s was changed since, by %(who)s at %(time)s.") % said


def _named(edit: Edit) -> str:
    row = edit.model._base_manager.filter(pk=edit.key).first()
    return f"{edit.model._meta.verbose_name} {row or edit.key}"

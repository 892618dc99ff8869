"""Edits of several records written as one: at once where nothing of them is public, else as one pending change."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.records.noting import ADDED, Noted
from fengtai.records.trail.stored import Row
from fengtai.review.actions import Refused, submit
from fengtai.review.edits import Edit, with_keys
from fengtai.review.holding import Held
from fengtai.review.pending import PendingChange
from fengtai.review.replaying import Clash, Conflict, Replay
from fengtai.review.roots import guarded, roots
from fengtai.review.trailing import enter_kept
from fengtai.review.words import label_of


class HeldWhole(Held):
    """All waits if any of it does: `waits` says so, and then nothing was written."""

    waits = False

    def _parted(self, edits, tops, held):
        self.waits = bool(held)
        return ([] if held else edits), {}

    def _keep_all(self, waiting):
        return []


def would_wait(edits: list[Edit]) -> bool:
    """Whether anything that they write is public, so that a second person releases it all."""
    tops = roots([edit.row for edit in edits if edit.kind != ADDED], {})
    return bool(guarded(tops.values(), Noted()))


def write_whole(edits: list[Edit], *, top: Row, label: str, by, why: str) -> PendingChange:
    """The change in which they wait, submitted, or, released already, in which they are kept; Refused where one of
    them cannot be written.
    """
    change = PendingChange(content_type=ContentType.objects.get_for_model(top[0]), object_id=top[1], of_several=True)
    change.author, change.label, change.why = by, label[:300], why
    keys = _keys_written(edits, by, why)
    if keys is not None:
        change.edits = [edit.as_json() for edit in with_keys(edits, keys)]
        change.state, change.decided_by, change.decided_at = PendingChange.State.RELEASED, by, timezone.now()
    change.save()
    change.contributors.add(by)
    if keys is not None:
        return change
    change.keep(edits)
    change.save()
    enter_kept([(top, [], change.read_edits())])
    return submit(change, by=by)


def _keys_written(edits: list[Edit], by, why: str) -> dict[Row, int] | None:
    """Of the rows that were added; None where nothing was written, since all of it waits."""
    try:
        with HeldWhole(by=by, why=why) as held:
            replay = Replay(edits, by=by, why=why)
            replay.run()
    except Conflict as conflict:
        raise Refused(*dict.fromkeys(_told(clash) for clash in conflict.clashes)) from conflict
    except PermissionDenied as error:  # something of it is not theirs to write
        raise Refused(str(error)) from error
    return None if held.waits else {row: held.keys.get((row[0], key), key) for row, key in replay.keys.items()}


def _told(clash: Clash) -> str:
    from_model = Edit.from_json({"model": clash.model, "key": clash.key, "kind": "~", "old": {}, "new": {}}).model
    row = from_model._base_manager.filter(pk=clash.key).first()
    name = f"{from_model._meta.verbose_name} {row or clash.key}"
    if clash.reason:
        return _("%(row)s: %(message)s") % {"row": name, "message": clash.reason}
    if not clash.field:
        return _("%(row)s is not there any more.") % {"row": name}
    told = {"row": name, "field": label_of(from_model, clash.field)}
    return _("%(row)s says something else by now: %(field)s.") % told

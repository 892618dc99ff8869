"""The rows of the queue as people read them: what it is, who typed it and since when it waits."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengtai.admin.review.queue import Section
from fengtai.admin.review.targets import address_of, model_of, seen_of_all, value_of
from fengtai.records.models import Record
from fengtai.records.record import local_time
from fengtai.review.actions import Target
from fengtai.review.pending import PendingChange
from fengtai.review.words import counted

State = PendingChange.State


@dataclass(frozen=True)
class Line:
    section: Section
    value: str  # what its checkbox sends
    address: str
    kind: str
    name: str
    who: str
    since: datetime | None
    content: str
    note: str


def lines_of(found: list[tuple[Section, Target]]) -> list[Line]:
    """In few statements, whatever their number."""
    drafts = defaultdict(list)
    for _section, target in found:
        if isinstance(target, Record):
            drafts[type(target)].append(target.pk)
    sent = {(model, key): by for model, keys in drafts.items() for key, by in _submissions(model, keys).items()}
    people = get_user_model()._default_manager.in_bulk({user for user, _at in sent.values() if user})
    seen = seen_of_all([target for _section, target in found])
    values = {target: value_of(target, number) for target, number in seen.items()}
    return [_line(section, target, values[target], sent, people) for section, target in found]


def _submissions(model: type[Model], keys: list[int]) -> dict[int, tuple]:
    """Who submitted each draft last, and when: the first version since which it waited all the time."""
    versions = model.history.filter(id__in=keys).order_by("id", "-history_id")
    found, settled = {}, set()
    for key, state, user, at in versions.values_list("id", "state", "history_user", "history_date"):
        if key not in settled and state == Record.State.REVIEW:
            found[key] = (user, at)
        elif key in found:
            settled.add(key)
    return found


def _line(section: Section, target: Target, value: str, sent: dict, people: dict) -> Line:
    if isinstance(target, PendingChange):
        count = counted(target.read_edits())
        content = ngettext("%(count)d edit", "%(count)d edits", count) % {"count": count}
        who, since = str(target.author or target.batch or "—"), target.submitted_at or target.changed_at
    else:
        user, since = sent.get((type(target), target.pk), (None, target.changed_at))
        who, content = str(people.get(user) or "—"), _("new record")
    kind = str(model_of(target)._meta.verbose_name)
    return Line(section, value, address_of(target), kind, str(target), who, since, content, _note(target))


def _note(target: Target) -> str:
    if not isinstance(target, PendingChange):
        return ""
    if target.state == State.SCHEDULED:
        return _("To be released %(time)s") % {"time": local_time(target.release_at)}
    return str(target.get_state_display()) if target.state == State.CONFLICT else ""

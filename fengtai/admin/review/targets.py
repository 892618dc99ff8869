"""What the pages of review are about, a draft or a pending change, by its address; and who may look at it and act."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from fengtai.admin.guards.keys import is_key
from fengtai.importing.taking.rights import CHANGE, may, may_view
from fengtai.records.models import Record
from fengtai.review.actions import Target
from fengtai.review.pending import PendingChange
from fengtai.review.roles import may_administer
from fengtai.review.scope import outside
from fengtai.review.seen import mark_of, marks
from fengtai.review.terms import PERMISSION

KIND = "change"  # how an address names a pending change; a record is named by its model


def model_of(target: Target) -> type[Model]:
    """What kind of thing it is about."""
    return target.content_type.model_class() if isinstance(target, PendingChange) else type(target)


def seen_of(target: Target) -> int:
    """What goes along with an act, so that what changed since somebody looked is refused."""
    return target.revision if isinstance(target, PendingChange) else mark_of(target)


def seen_of_all(targets: Iterable[Target]) -> dict[Target, int]:
    """In few statements, whatever their number."""
    found, drafts = {}, defaultdict(list)
    for target in targets:
        if isinstance(target, PendingChange):
            found[target] = target.revision
        else:
            drafts[type(target)].append(target)
    for model, some in drafts.items():
        now = marks(model, [draft.pk for draft in some])
        found |= {draft: now[draft.pk] for draft in some}
    return found


def kind_of(target: Target) -> str:
    return KIND if isinstance(target, PendingChange) else target._meta.label_lower


def address_of(target: Target, page: str = "review_page") -> str:
    return reverse(page, args=[kind_of(target), target.pk])


def value_of(target: Target, seen: int) -> str:
    """As a checkbox sends it."""
    return f"{kind_of(target)}:{target.pk}:{seen}"


def find(kind: str, key: str) -> Target | None:
    model = PendingChange if kind == KIND else _record_model(kind)
    if model is None or not is_key(key):
        return None
    return model._base_manager.filter(pk=int(key)).first()


def _record_model(kind: str) -> type[Record] | None:
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, Record) and not model._meta.abstract else None


def opened(user, kind: str, key: str) -> Target:
    """404 without it, 403 for those who may not see what it is about."""
    target = find(kind, key)
    if target is None:
        raise Http404
    if not may_view(user, model_of(target)):
        raise PermissionDenied
    return target


def chosen(user, values: list[str]) -> dict[Target, int]:
    """What checkboxes sent, with what was seen of each; what is gone or may not be seen is left out."""
    found = {}
    for kind, key, seen in (parts for value in values if len(parts := value.split(":")) == 3):
        target = find(kind, key) if is_key(seen) else None
        if target is not None and may_view(user, model_of(target)):
            found[target] = int(seen)
    return found


def may_release(user) -> bool:
    return user.has_perm(PERMISSION)


def may_submit(user, target: Target) -> bool:
    """A change by its author, a draft by whoever may change it."""
    is_own = not isinstance(target, PendingChange) or target.author_id == user.pk
    return is_own and may(user, model_of(target), CHANGE) and is_theirs(user, target)


def may_drop(user, change: Target) -> bool:
    """By its author, also where the record is another's by now."""
    return isinstance(change, PendingChange) and change.author_id == user.pk and may(user, model_of(change), CHANGE)


def is_theirs(user, target: Target) -> bool:
    row = target.top if isinstance(target, PendingChange) else (type(target), target.pk)
    return not outside(user, [row])


def may_withdraw(user, record: Target) -> bool:
    """Administrators too, who write nothing else: at once, in an emergency."""
    may_write = may(user, type(record), CHANGE) and is_theirs(user, record)
    return isinstance(record, Record) and (may_write or may_administer(user))


def withdraws(target: Target) -> bool:
    """Whether its release takes the record from the readers."""
    if not isinstance(target, PendingChange):
        return False
    own = [edit for edit in target.read_edits() if edit.row == (model_of(target), target.object_id)]
    return any(edit.new.get("state") == Record.State.WITHDRAWN for edit in own)

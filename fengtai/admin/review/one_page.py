"""The page of one draft or change under review, and what its buttons do."""

from django.conf import settings
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengtai.admin.guards.keys import is_key
from fengtai.admin.review.acts import LET_GO, SEND, Asked, do, told
from fengtai.admin.review.looking import look, people_of, returns_of
from fengtai.admin.review.targets import (
    address_of,
    find,
    kind_of,
    may_release,
    may_submit,
    model_of,
    opened,
    seen_of,
    withdraws,
)
from fengtai.records.models import Record
from fengtai.records.record import EMBARGOED
from fengtai.review.actions import Target, state_in_words
from fengtai.review.meeting import clashes_of, others_of
from fengtai.review.pending import PendingChange
from fengtai.review.roles import may_administer

State = PendingChange.State
UNSEEN = -1  # of a form that does not say what it showed


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request, kind: str, key: str):
    target = opened(request.user, kind, key)
    if request.method == "POST":
        return _acted(request, target)
    record = target.record if isinstance(target, PendingChange) else target
    context = {
        **admin.site.each_context(request),
        "title": _("Review"),
        "target": target,
        "kind": kind_of(target),
        "model_name": model_of(target)._meta.verbose_name,
        "is_change": isinstance(target, PendingChange),
        "state_words": state_in_words(target),
        "seen": seen_of(target),
        "edit_address": _edit_address(record),
        **_standing(request.user, target, record),
    }
    return TemplateResponse(request, "admin/review/one.html", context)


def _standing(user, target: Target, record) -> dict:
    """What stands for and against the release, and which buttons there are."""
    is_change, found, people = isinstance(target, PendingChange), look(target), people_of(target)
    ready = _is_ready(target)
    return {
        "look": found,
        "people": people,
        "returns": returns_of(target),
        "clashes": clashes_of(target) if is_change else [],
        "others": others_of(record, target if is_change else None, target.read_edits() if is_change else []),
        "is_own": user in people,
        "is_withdrawal": withdraws(target),
        "may_release": may_release(user) and ready,
        "may_return": may_release(user) and (ready or (is_change and target.state == State.CONFLICT)),
        "may_submit": may_submit(user, target) and _is_unsent(target),
        "may_drop": is_change and target.is_open and target.author_id == user.pk,
        "may_act_alone": may_administer(user) and (target.is_open if is_change else not target.is_released),
    }


def _is_ready(target: Target) -> bool:
    """In an office of one nothing has to be submitted first."""
    if not settings.FOUR_EYES and _is_unsent(target):
        return True
    if isinstance(target, PendingChange):
        return target.state in (State.SUBMITTED, State.SCHEDULED)
    return target.publication_state in (Record.State.REVIEW, EMBARGOED)


def _is_unsent(target: Target) -> bool:
    if isinstance(target, PendingChange):
        return target.state in (State.DRAFT, State.RETURNED)
    return target.state in (Record.State.DRAFT, Record.State.WITHDRAWN)


def _acted(request, target: Target):
    asked = Asked.of(request)
    asked.refuse_unless_allowed([target])
    seen = request.POST.get("seen", "")
    as_seen = int(seen) if is_key(seen) else UNSEEN
    done, refused = do(asked, {target: as_seen})
    for _target, error in refused:
        for reason in error.reasons:
            messages.error(request, reason)
    if done:
        messages.success(request, told(asked, done))
    if done and asked.act == SEND and (against := look(target).against):
        messages.warning(request, _("It cannot be released as it is: %(reasons)s") % {"reasons": " ".join(against)})
    return redirect(_where_next(request, asked, target, done))


def _where_next(request, asked: Asked, target: Target, done: list) -> str:
    """Whoever releases goes on with the queue, whoever types with the record."""
    if not done:
        return address_of(target)
    if asked.act in (SEND, LET_GO):
        left = find(kind_of(target), str(target.pk))
        return _edit_address(left.record if isinstance(left, PendingChange) else left) or reverse("review")
    return reverse("review")


def _edit_address(record) -> str:
    if record is None:
        return ""
    try:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""

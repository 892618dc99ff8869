"""Acts upon many: one page that says what will go out, what asks and what is refused, before anything is done."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengtai.admin.review.acts import BACK, LATER, NOW, Asked, do, told
from fengtai.admin.review.targets import chosen, may_release, model_of, value_of
from fengtai.review.actions import Target
from fengtai.review.releasing import release_all
from fengtai.review.terms import Terms, Warned

LISTED = 10  # of those refused, each with its reasons


@require_POST
def many(request):
    asked, targets = Asked.of(request), chosen(request.user, request.POST.getlist("target"))
    if not may_release(request.user) or asked.act not in (NOW, LATER, BACK):
        raise PermissionDenied
    if not targets:
        messages.warning(request, _("Mark what it is to be done to."))
        return redirect("review")
    if "confirmed" not in request.POST:
        return _asks(request, asked, targets)
    done, refused = do(asked, targets)
    if not done and all(isinstance(error, Warned) for _target, error in refused):
        return _asks(request, asked, targets, problem=_("Accept the warnings, or leave out what they are about."))
    if not done:
        return _asks(request, asked, targets, problem="；".join({str(error) for _target, error in refused}))
    messages.success(request, told(asked, done))
    _tell_refused(request, refused)
    return redirect("review")


def _tell_refused(request, refused: list) -> None:
    for target, error in refused[:LISTED]:
        messages.warning(request, f"{target}: {error}")
    if len(refused) > LISTED:
        messages.warning(request, _("%(count)d more were refused.") % {"count": len(refused) - LISTED})


def _asks(request, asked: Asked, targets: dict[Target, int], problem: str = ""):
    done, warned, refused = _tried(asked, targets)
    context = {
        **admin.site.each_context(request),
        "title": {NOW: _("Release"), LATER: _("Release at a time"), BACK: _("Return")}[asked.act],
        "asked": asked,
        "goes": [_listed(target, targets) for target in done],
        "warned": [(_listed(target, targets), error.reasons) for target, error in warned],
        "refused": [(_listed(target, targets), error.reasons) for target, error in refused],
        "problem": problem,
    }
    return TemplateResponse(request, "admin/review/confirm.html", context, status=400 if problem else 200)


def _tried(asked: Asked, targets: dict[Target, int]) -> tuple[list, list, list]:
    """What would go out, what asks, and what would be refused: the release itself, taken back."""
    if asked.act == BACK:
        return [*targets], [], []
    with transaction.atomic():
        done, others = release_all(targets, Terms(by=asked.by), seen=targets)
        transaction.set_rollback(True)
    warned = [(target, error) for target, error in others if isinstance(error, Warned)]
    return done, warned, [(target, error) for target, error in others if not isinstance(error, Warned)]


def _listed(target: Target, seen: dict[Target, int]) -> dict:
    value = value_of(target, seen[target])  # as it was looked at, not as it would be
    return {"name": str(target), "kind": model_of(target)._meta.verbose_name, "value": value}

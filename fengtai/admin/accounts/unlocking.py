"""Who is locked out, since when, and the button that unlocks."""

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengtai.review.accounts.lockouts import locked_out, unlock
from fengtai.review.roles import may_administer


@require_http_methods(["GET", "HEAD", "POST"])
def unlocking(request):
    if not may_administer(request.user):
        raise PermissionDenied
    if request.method == "POST":
        _unlock(request, *(request.POST.get(field, "") for field in ("kind", "name", "address")))
        return redirect("admin:auth_user_locked")
    context = {
        **admin.site.each_context(request),
        "title": _("Locked out"),
        "opts": User._meta,
        "locked": locked_out(),
    }
    return TemplateResponse(request, "admin/accounts/locked.html", context)


def _unlock(request, kind: str, name: str, address: str) -> None:
    """Only what is locked: any other name or address is nobody's."""
    known = [one for one in locked_out() if (one.kind, one.name, one.address) == (kind, name, address)]
    if known and unlock(known[0], by=request.user):
        messages.success(request, _("%(name)s may sign in again.") % {"name": name or address})
    else:
        messages.warning(request, _("This is not locked any more."))

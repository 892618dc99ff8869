"""A new first password for an account, and the one page that shows it."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from fengtai.review.accounts.first_passwords import give_password
from fengtai.review.accounts.keeping import may_keep
from fengtai.review.accounts.lockouts import unlock_everywhere

LARGEST = 2**63
SALT = "fengtai.admin.accounts.passwords"
RESET = gettext_lazy("Reset the password")


@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request, key: int):
    """Asked before it is done; sent twice, the second sending only says that it was done."""
    if not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    if key >= LARGEST:
        raise Http404
    user = get_object_or_404(User, pk=key)
    if not may_keep(request.user, user) or user == request.user:
        raise PermissionDenied  # one's own is changed where everybody changes theirs
    is_late = request.method == "POST" and request.POST.get("seen") != _seen(user)
    if request.method == "POST" and not is_late:
        unlock_everywhere(user, by=request.user)
        return password_page(request, user, give_password(user, by=request.user), is_new=False)
    context = _context(request, user, RESET)
    context |= {"seen": _seen(user), "is_late": is_late}
    return TemplateResponse(request, "admin/accounts/new_password.html", context, status=400 if is_late else 200)


@sensitive_variables("password")
def password_page(request, user: User, password: str, *, is_new: bool):
    context = _context(request, user, _("New account") if is_new else RESET)
    context |= {
        "password": password,
        "is_new": is_new,
        "sign_in_address": request.build_absolute_uri(reverse("admin:index")),
    }
    response = TemplateResponse(request, "admin/accounts/given.html", context)
    add_never_cache_headers(response)
    return response


def _seen(user: User) -> str:
    """Which password a page was shown for."""
    return salted_hmac(SALT, user.password).hexdigest()[:20]


def _context(request, user: User, title: str) -> dict:
    return {
        **admin.site.each_context(request),
        "title": title,
        "opts": User._meta,
        "account": user,
        "account_name": user.get_full_name() or user.username,
        "account_url": reverse("admin:auth_user_change", args=[user.pk]),
    }

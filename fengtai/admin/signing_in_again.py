"""A session that ended loses nothing typed: the form that was sent is kept on a sign-in page and goes on from there.

Nothing is stored: the page carries what was sent in hidden fields and posts it to the same address, with a name and a
password. Neither files nor passwords are carried.
"""

from dataclasses import dataclass, field

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fengtai.review.accounts.first_passwords import must_change, was_given

PREFIX = "sign_in"  # of the page's own fields: no form has one of that name
NAME, PASSWORD, FILES = (f"{PREFIX}-{name}" for name in ("username", "password", "files"))
OTHER_DOORS = ("login", "logout")
BESIDE = (
    "review",
    "sign_out_everywhere",
    "password_change",
    "whole_values",
    "correction_of_staff",
)  # so the names of pages begin that stand beside the admin's own
FORBIDDEN = 403


class SignInForm(AdminAuthenticationForm):
    """On the page that keeps a form."""

    def confirm_login_allowed(self, user):
        """Who has to choose a password first does that in another window: here the form would be lost."""
        super().confirm_login_allowed(user)
        if must_change(user):
            given = _("This password was given to you. Choose your own in another window, then sign in here with it.")
            old = _("This password is too old. Choose another one in another window, then sign in here with it.")
            told = given if was_given(user) else old
            link = format_html('<a href="{}" target="_blank">{}</a>', reverse("password_change"), _("Change password"))
            raise ValidationError(format_html("{} {}", told, link), code="first_password")


@dataclass
class Kept:
    """What somebody sent who may not, or not any more, send it."""

    address: str
    fields: list[tuple[str, str]]
    files: list[str]  # names of those to be chosen again
    passwords: bool  # whether some have to be typed again
    form: AdminAuthenticationForm | None = field(default=None, compare=False)
    lacks_right: bool = False

    @classmethod
    def of(cls, request) -> "Kept":
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        own = [(name, value) for name, value in sent if not _is_ours(name)]
        files = [file.name for _field, files in request.FILES.lists() for file in files]
        fields = [(name, value) for name, value in own if not _is_password(name)]
        return cls(request.get_full_path(), fields, [*request.POST.getlist(FILES), *files], len(fields) < len(own))

    def as_posted(self) -> QueryDict:
        posted = QueryDict(mutable=True)
        for name, value in self.fields:
            posted.appendlist(name, value)
        posted._mutable = False
        return posted


class SignInAgain:
    """Middleware: the one door of every address of the admin. It stands behind the check that a form is the site's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or not _leads_to_the_admin(request.resolver_match):
            return None
        if NAME not in request.POST and admin.site.has_permission(request):
            return None
        request.kept = kept = Kept.of(request)
        if NAME not in request.POST:
            return _page(request, kept, SignInForm(request, prefix=PREFIX))
        form = SignInForm(request, request.POST, prefix=PREFIX)
        # What is noted of a failed attempt is what the login page would have sent, and nothing of the form.
        request.POST = _as_at_the_login(request.POST)
        if not form.is_valid():
            return _page(request, kept, form)
        login(request, form.get_user())
        request.POST = kept.as_posted()
        if kept.files:
            told = _("Files cannot be kept over a sign-in, so nothing was saved yet. Choose again: %(files)s.")
            request.told_first = told % {"files": _(", ").join(kept.files)}
        return None

    def process_exception(self, request, exception):
        """Whoever signed in may not do it: somebody who may can still sign in, and nothing is lost."""
        kept = getattr(request, "kept", None)
        if kept is None or not isinstance(exception, PermissionDenied):
            return None
        kept.lacks_right = True
        return _page(request, kept, SignInForm(request, prefix=PREFIX))


class WholeForms:
    """For admin classes with rows: of a kept form no rows are left out because another person signed in."""

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        if request.method == "POST" and hasattr(request, "kept"):
            shown = {f"{formset.prefix}-TOTAL_FORMS" for formset in formsets}
            if any(name.endswith("-TOTAL_FORMS") and name not in shown for name in request.POST):
                raise PermissionDenied
        return formsets, inlines


def _leads_to_the_admin(match) -> bool:
    is_beside = (match.url_name or "").startswith(BESIDE) and not match.app_names  # below the admin's address
    return is_beside or (match.app_names == ["admin"] and match.url_name not in OTHER_DOORS)


def _is_ours(name: str) -> bool:
    return name == "csrfmiddlewaretoken" or name.startswith(f"{PREFIX}-")


def _is_password(name: str) -> bool:
    return "password" in name.lower()


def _as_at_the_login(sent) -> QueryDict:
    posted = QueryDict(mutable=True)
    posted["username"], posted["password"] = sent.get(NAME, ""), sent.get(PASSWORD, "")
    return posted


def _page(request, kept: Kept, form):
    kept.form = form
    context = {**admin.site.each_context(request), "title": _("Sign in again"), "kept": kept, "subtitle": None}
    response = render(request, "admin/sign_in_again.html", context, status=FORBIDDEN)
    add_never_cache_headers(response)
    return response

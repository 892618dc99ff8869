"""Everybody's own password; whoever signed in with one that was given to them is led here first, and nowhere else."""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import logout
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import PasswordChangeView
from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fengtai.records.trail.entering import Act, enter
from fengtai.review.accounts.ending import end_sessions
from fengtai.review.accounts.first_passwords import must_change, own_password_chosen, was_given

OPEN = ("password_change", "admin:logout", "admin:login", "admin:jsi18n")


class OwnPasswordForm(AdminPasswordChangeForm):
    """Nothing is said of a new password before the old one was right: that it is the present one, or was used, would
    tell a guess from the password without being counted as one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if was_given(self.user):
            self.fields["old_password"].label = gettext_lazy("The password you were given")

    def clean_new_password1(self):
        typed = self.cleaned_data.get("new_password1")
        if typed and typed == self.cleaned_data.get("old_password"):
            raise forms.ValidationError(_("This is the password you have: choose another."), code="same")
        return typed

    def validate_password_for_user(self, user, *args, **kwargs):
        if "old_password" in self.cleaned_data:
            super().validate_password_for_user(user, *args, **kwargs)


class OwnPassword(PasswordChangeView):
    """A wrong password here is a failed sign-in: counted with them, locked with them, in the trail as they are."""

    form_class = OwnPasswordForm
    template_name = "admin/accounts/own_password.html"
    success_url = reverse_lazy("admin:index")

    def get_context_data(self, **kwargs):
        led = must_change(self.request.user)
        frame = admin.site.each_context(self.request) | {"is_first": led, "is_nav_sidebar_enabled": not led}
        frame |= {"was_given": led and was_given(self.request.user), "days": settings.PASSWORD_DAYS}
        return super().get_context_data(**kwargs) | frame | {"title": _("Change password")}

    def post(self, request, *args, **kwargs):
        if AxesProxyHandler.is_allowed(request, self._tried()):
            return super().post(request, *args, **kwargs)
        return get_lockout_response(request, credentials=self._tried())

    def form_invalid(self, form):
        if form.has_error("old_password", "password_incorrect"):
            # Where this failure locks, the library's middleware answers in the place of this page.
            user_login_failed.send(type(self), credentials=self._tried(), request=self.request)
        return super().form_invalid(form)

    def _tried(self) -> dict:
        return {"username": self.request.user.get_username()}

    def form_valid(self, form):
        answer = super().form_valid(form)
        own_password_chosen(self.request.user)
        messages.success(self.request, _("Your password is changed."))
        return answer


class OwnPasswordFirst:
    """Middleware: no page, no form, no file of the admin before a password of one's own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path.startswith(reverse("admin:index")) or request.resolver_match.view_name in OPEN:
            return None
        if request.user.is_authenticated and must_change(request.user):
            return redirect("password_change")
        return None


@require_POST
def signed_out_everywhere(request):
    """Here too: a browser that was left open somewhere is the reason to ask for it."""
    enter(Act.SIGNED_OUT, by=request.user, why=_("everywhere"))
    end_sessions(request.user)
    logout(request)
    return redirect("admin:login")


password_urls = [
    path("admin/password_change/", admin.site.admin_view(OwnPassword.as_view()), name="password_change"),
    path("admin/sign-out-everywhere/", admin.site.admin_view(signed_out_everywhere), name="sign_out_everywhere"),
]

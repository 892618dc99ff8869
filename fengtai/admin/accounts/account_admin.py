"""The list of accounts and the page of one. Nobody is deleted: what a person did stays with their name."""

from django.contrib import admin, messages
from django.contrib.auth import admin as frame  # noqa: F401 - registers what is taken away below
from django.contrib.auth.models import Group, User
from django.db import IntegrityError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from fengtai.admin.accounts.account_columns import AccountColumns
from fengtai.admin.accounts.account_filters import RoleFilter, StandingFilter
from fengtai.admin.accounts.account_form import AccountForm
from fengtai.admin.accounts.passwords import new_password, password_page
from fengtai.admin.accounts.unlocking import unlocking
from fengtai.admin.guards.lists import GuardedLists
from fengtai.review.accounts.first_passwords import give_password
from fengtai.review.accounts.keeping import keep, may_keep
from fengtai.review.accounts.lockouts import locked_out
from fengtai.review.actions import Refused
from fengtai.review.roles import may_administer
from fengtai.values.translatable import N_

admin.site.unregister([User, Group])
# The frame's own words for these, which our catalogue says as the office does.
WORDS = (N_("user"), N_("users"), N_("username"), N_("Authentication and Authorization"))
FILTERS = (N_("Filter"), N_(" By %(filter_title)s "))


@admin.register(User)
class AccountAdmin(AccountColumns, GuardedLists, admin.ModelAdmin):
    form = AccountForm
    fields = ("first_name", "username", "roles", "work_groups", "is_active", "seen")
    list_filter = (RoleFilter, StandingFilter)
    search_fields = ("username", "first_name", "last_name")
    ordering = ("-is_active", "username")
    list_per_page = 50
    actions = None
    add_form_template = change_form_template = "admin/accounts/account.html"
    change_list_template = "admin/accounts/accounts.html"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("locked/", wrap(unlocking), name="auth_user_locked"),
            path("<int:key>/password/", wrap(new_password), name="auth_user_password_change"),
            *super().get_urls(),
        ]

    def get_fields(self, request, obj=None):
        if obj is None:
            return self.fields[:-2]
        return self.fields if self.has_change_permission(request, obj) else self.list_display

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None or self.has_change_permission(request, obj) else self.list_display

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_keep(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request):
        """Whoever could filter by any column would read passwords letter by letter: the page has filters of its own."""
        return lookup in {asked.parameter_name for asked in self.list_filter}

    def changelist_view(self, request, extra_context=None):
        said = {"locked": locked_out() if may_administer(request.user) else ()}
        return super().changelist_view(request, {**(extra_context or {}), **said})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What its form asks is asked again as it is written: somebody else may have written first."""
        context = (extra_context or {}) | ({} if object_id else {"title": _("New account")})
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except IntegrityError:  # the same name at the same moment: asked again the form tells it
            return super().changeform_view(request, object_id, form_url, context)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(request.get_full_path())

    def get_form(self, request, obj=None, change=False, **kwargs):
        made = super().get_form(request, obj, change, **kwargs)
        made.by = request.user
        return made

    def render_change_form(self, request, context, obj=None, **kwargs):
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        if obj is not None:
            is_kept = self.has_change_permission(request, obj) and obj != request.user
            context |= {"may_give_password": is_kept, "standings": self.standing(obj)}
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        keep(obj, form.said, by=request.user)
        if not change:
            request.given_password = give_password(obj, by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        """The one page that shows the password: it is an answer and has no address of its own."""
        return password_page(request, obj, request.given_password, is_new=True)

    def delete_view(self, request, object_id, extra_context=None):
        """Told to whoever may look at accounts; others meet the same refusal as everywhere."""
        found = self.get_object(request, object_id) if self.has_change_permission(request) else None
        if found is None:
            return super().delete_view(request, object_id, extra_context)
        told = _("Accounts are never deleted: what %(name)s did stays with the name. Take away “May sign in” instead.")
        messages.error(request, told % {"name": found.get_full_name() or found.username})
        return redirect(reverse("admin:auth_user_change", args=[found.pk]))

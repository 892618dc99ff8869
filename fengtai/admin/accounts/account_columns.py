"""What the list of accounts says of each, and what is loaded for it."""

from django.contrib import admin
from django.db.models import Case, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengtai.admin.accounts.account_filters import STANDINGS, standings_of
from fengtai.review.accounts.keeping import roles_of, work_groups_link, work_groups_of
from fengtai.review.accounts.lockouts import locked_out


class AccountColumns:
    """What the list says of an account beside its names."""

    list_display = ("shown_name", "sign_in_name", "standing", "role_names", "group_names", "last_sign_in")

    def get_queryset(self, request):
        """Who is locked out is asked once for a page."""
        locked = When(pk__in=[one.user.pk for one in locked_out() if one.user is not None], then=True)
        rows = super().get_queryset(request).annotate(is_locked=Case(locked, default=False))
        return rows.select_related("first_password").prefetch_related("groups", work_groups_link())

    @admin.display(description=pgettext_lazy("person", "name"), ordering="first_name")
    def shown_name(self, user):
        return user.get_full_name() or user.username

    @admin.display(description=gettext_lazy("Sign-in name"), ordering="username")
    def sign_in_name(self, user):
        return user.username

    @admin.display(description=gettext_lazy("Roles"))
    def role_names(self, user):
        named = [_("Superuser")] if user.is_superuser else []
        return "、".join([*named, *(_(role) for role in roles_of(user))])

    @admin.display(description=gettext_lazy("Work groups"))
    def group_names(self, user):
        return "、".join(str(group) for group in work_groups_of(user).all())

    @admin.display(description=gettext_lazy("Last sign-in"), ordering="last_login")
    def last_sign_in(self, user):
        return date_format(timezone.localtime(user.last_login), "Y-m-d H:i") if user.last_login else None

    @admin.display(description=gettext_lazy("Standing"))
    def standing(self, user):
        said = ((key, _(STANDINGS[key])) for key in standings_of(user))
        return format_html_join(" ", '<span class="state account-{}">{}</span>', said)

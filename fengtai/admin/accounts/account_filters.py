"""Accounts by role, and by what an administrator has to look after."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.review.accounts.lockouts import locked_out
from fengtai.review.roles import ROLES, group_name
from fengtai.values.translatable import N_

ACTIVE, INACTIVE, FIRST, LOCKED = "active", "inactive", "first-password", "locked"
STANDINGS = {
    ACTIVE: N_("may sign in"),
    INACTIVE: N_("inactive"),
    FIRST: N_("must change the password"),
    LOCKED: N_("locked out"),
}


class RoleFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("role"), "role"

    def lookups(self, request, model_admin):
        return [(str(number), _(role)) for number, role in enumerate(ROLES, 1)]

    def queryset(self, request, queryset):
        known = {key: role for (key, _label), role in zip(self.lookup_choices, ROLES, strict=True)}
        role = known.get(self.value())
        return queryset.filter(groups__name=group_name(role)) if role else queryset


class StandingFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("standing"), "standing"

    def lookups(self, request, model_admin):
        return [(key, _(word)) for key, word in STANDINGS.items()]

    def queryset(self, request, queryset):
        asked = {
            ACTIVE: lambda: queryset.filter(is_active=True),
            INACTIVE: lambda: queryset.filter(is_active=False),
            FIRST: lambda: queryset.filter(first_password__isnull=False, is_active=True),
            LOCKED: lambda: queryset.filter(pk__in=[one.user.pk for one in locked_out() if one.user is not None]),
        }
        return asked[self.value()]() if self.value() in asked else queryset


def standings_of(user) -> list[str]:
    """What holds of an account as the page of accounts reads it; nothing where its owner signs in as usual."""
    if not user.is_active:
        return [INACTIVE]
    return [key for key, holds in ((FIRST, hasattr(user, "first_password")), (LOCKED, user.is_locked)) if holds]

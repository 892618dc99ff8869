"""An account as administrators keep it: name, sign-in name, roles, work groups, whether it may sign in.

Nobody makes a superuser here, and the office always keeps an administrator who can sign in.
"""

import hashlib
import json
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models, transaction
from django.utils.translation import gettext as _

from fengtai.records.trail.acting import acting
from fengtai.records.trail.entering import Act, Way, enter
from fengtai.review.accounts.ending import end_sessions
from fengtai.review.actions import Refused
from fengtai.review.roles import ADMINISTRATOR, ROLES, WORK_GROUP, group_name

RIGHTS = ("roles", "work_groups")


@dataclass
class Said:
    """What a form says of an account; `seen` is the account as the form was opened on it, if that is known."""

    name: str
    username: str
    roles: list[str]
    work_groups: list = field(default_factory=list)
    is_active: bool = True
    seen: str = ""


def work_group_model() -> type[models.Model]:
    return apps.get_model(settings.WORK_GROUP_MODEL)


def work_groups_of(user):
    """The manager of the links to the work groups whose records a person keeps."""
    return getattr(user, work_groups_link())


def work_groups_link() -> str:
    return work_group_model()._meta.get_field("staff").remote_field.get_accessor_name()


def roles_of(user) -> list[str]:
    """The roles as ROLES has them, in that order."""
    held = {group.name for group in user.groups.all()}
    return [role for role in ROLES if group_name(role) in held]


def may_keep(by, user) -> bool:
    """Whoever could change a superuser could become one."""
    return by.is_superuser or not user.is_superuser


@transaction.atomic
def keep(user, said: Said, *, by) -> None:
    """Writes the account, a new one too. Raises Refused where the office would be locked out."""
    # Two who take the role from each other at once wait here for one another.
    Group.objects.select_for_update().get(name=group_name(ADMINISTRATOR))
    if told := against(user, said, by=by):
        raise Refused(*told.values())
    before = _state_of(get_user_model().objects.get(pk=user.pk)) if user.pk else {}
    user.first_name, user.last_name, user.username = said.name, "", said.username
    user.is_active, user.is_staff = said.is_active, True
    user.save()
    if not user.is_active:
        end_sessions(user)  # or they would be good again with the account
    _set_roles(user, said.roles)
    with acting(Way.ACCOUNTS, by=by):
        _set_work_groups(user, said.work_groups if WORK_GROUP in said.roles else [])
    _enter(user, before, _state_of(user), by)


def against(user, said: Said, *, by) -> dict[str, str]:
    """By field, why an account is not to be kept as it is said."""
    if not user.pk:
        return {}
    if said.seen and said.seen != seen_of(user):
        return {NON_FIELD_ERRORS: _written_meanwhile(user)}
    told = {}
    if user.pk == by.pk and not said.is_active:
        told["is_active"] = _("Nobody disables their own account: another administrator does that.")
    active = get_user_model().objects.filter(is_active=True, is_staff=True, groups__name=group_name(ADMINISTRATOR))
    if not active.filter(pk=user.pk).exists() or (said.is_active and ADMINISTRATOR in said.roles):
        return told
    if not active.exclude(pk=user.pk).exists():
        ends = "roles" if said.is_active else "is_active"
        told[ends] = _("This is the last administrator: make somebody else one first.")
    elif user.pk == by.pk and said.is_active:
        told["roles"] = _("Nobody takes this role from themselves: another administrator does that.")
    return told


def seen_of(user) -> str:
    """Tells whether an account is still as somebody saw it; of the one that is stored, not of the one at hand."""
    state = _state_of(get_user_model().objects.get(pk=user.pk))
    return hashlib.sha256(json.dumps(state, ensure_ascii=False).encode()).hexdigest()[:20]


def _written_meanwhile(user) -> str:
    stored = _state_of(get_user_model().objects.get(pk=user.pk))
    said = [stored["first_name"], stored["username"], *stored["roles"], *stored["work_groups"]]
    said.append(_("may sign in") if stored["is_active"] else _("inactive"))
    told = _(
        "Somebody else saved this account meanwhile. It says now: %(account)s. Save again to write what stands here."
    )
    return told % {"account": _(", ").join(filter(None, said))}


def _set_roles(user, roles: list[str]) -> None:
    """A group that is none of the six stays."""
    names = {group_name(role) for role in ROLES}
    wanted = {group_name(role) for role in roles}
    user.groups.remove(*user.groups.filter(name__in=names - wanted))
    user.groups.add(*Group.objects.filter(name__in=wanted))


def _set_work_groups(user, wanted: list) -> None:
    """Each group by itself: its history says who came and went."""
    held = {group.pk for group in work_groups_of(user).all()}
    for group in wanted:
        if group.pk not in held:
            group.staff.add(user)
    for group in work_groups_of(user).exclude(pk__in=[group.pk for group in wanted]):
        group.staff.remove(user)


def _state_of(user) -> dict:
    """As the trail keeps it."""
    roles = user.groups.order_by("name").values_list("name", flat=True)
    groups = work_groups_of(user).order_by("name").values_list("name", flat=True)
    return {
        "first_name": user.get_full_name(),
        "username": user.username,
        "is_active": user.is_active,
        "roles": list(roles),
        "work_groups": list(groups),
    }


def _enter(user, before: dict, after: dict, by) -> None:
    changed = {name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]}
    for act, names in ((Act.ACCOUNT, after.keys() - {*RIGHTS}), (Act.RIGHTS, {*RIGHTS})):
        if said := {name: changed[name] for name in changed if name in names}:
            enter(act, by=by, record=user, way=Way.ACCOUNTS, said=said, why="" if before else str(_("new account")))

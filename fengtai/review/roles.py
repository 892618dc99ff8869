"""The six roles of the office: what each may look at and write. A role is a group; a person may have several.

Which of a model's rows a work group may write is asked elsewhere, row by row; here stand whole models alone.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext, override

from fengtai.records.labelled import Followed
from fengtai.records.models import Citation, Source
from fengtai.review.actions import ADMINISTER
from fengtai.review.terms import PERMISSION
from fengtai.values.translatable import N_

PROGRAMME_OFFICE, WORK_GROUP, STATISTICS = N_("Programme office"), N_("Work group"), N_("Statistics")
REVIEWER, READER, ADMINISTRATOR = N_("Reviewer"), N_("Reader"), N_("Administrator")
ROLES = (PROGRAMME_OFFICE, WORK_GROUP, STATISTICS, REVIEWER, READER, ADMINISTRATOR)
WHO_MAY_CALL = (PROGRAMME_OFFICE, WORK_GROUP, ADMINISTRATOR)  # others never see whom to call at a firm
VIEW, WRITE = ("view",), ("add", "change", "delete")
FURTHER = {
    REVIEWER: (PERMISSION,),
    ADMINISTRATOR: (ADMINISTER, "fengtai.redact", "auth.view_user", "auth.add_user", "auth.change_user"),
}


def has_role(user, role: str) -> bool:
    """Whether a person was given the role; superusers may do everything and have none."""
    return group_name(role) in roles_held(user)


def roles_held(user) -> set[str]:
    """The names of a person's groups, asked once for each `user` object."""
    if not hasattr(user, "_roles_held"):
        known = user.is_authenticated and user.is_active
        user._roles_held = {group.name for group in user.groups.all()} if known else set()
    return user._roles_held


def may_administer(user) -> bool:
    """Accounts, unlocking, sign-ins in the trail, and acting alone in an emergency."""
    return user.has_perm(ADMINISTER)


def group_of(role: str) -> Group:
    return Group.objects.get(name=group_name(role))


def group_name(role: str) -> str:
    """As the office reads it, whatever language somebody has chosen."""
    with override(settings.LANGUAGE_CODE):
        return gettext(role)


def make_roles(using: str = "default") -> None:
    """Gives every role its rights and no others; told twice, it finds nothing to do."""
    for app in (*settings.SUBJECTS, "auth"):
        create_permissions(apps.get_app_config(app), verbosity=0, using=using)
    keys = {
        f"{permission.content_type.app_label}.{permission.codename}": permission.pk
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for role in ROLES:
        group, _made = Group.objects.using(using).get_or_create(name=group_name(role))
        wanted = {keys[code] for code in _rights(role)}
        held = {*group.permissions.values_list("pk", flat=True)}
        group.permissions.add(*wanted - held)
        group.permissions.remove(*held - wanted)


def _rights(role: str) -> Iterator[str]:
    written = {*_written(role)}
    for model in _content():
        seen = role in WHO_MAY_CALL or not model.personal
        yield from _codes(model, (*(VIEW if seen else ()), *(WRITE if model in written else ())))
    yield from FURTHER.get(role, ())


def _written(role: str) -> Iterable[type]:
    """The models of which a role writes rows. Who belongs to a work group is not for the work group to say."""
    if role == PROGRAMME_OFFICE:
        return _content()
    if role == WORK_GROUP:
        return _content() - {apps.get_model(settings.WORK_GROUP_MODEL)}
    if role == STATISTICS:
        figures = {model for model in _content() if model._meta.app_label in settings.STATISTICS_APPS}
        return figures | {Source, Citation}
    return ()


def _content() -> set[type]:
    """Every model of which people write rows."""
    return {model for model in apps.get_models() if issubclass(model, Followed)}


def _codes(model, actions: Iterable[str]) -> Iterator[str]:
    return (f"{model._meta.app_label}.{action}_{model._meta.model_name}" for action in actions)

"""What somebody of a work group keeps: the industries of their groups, and what another role of theirs writes."""

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.models import Record
from fengtai.review.roles import WORK_GROUP, group_name, has_role, roles_held


@dataclass(frozen=True)
class Reach:
    """What a clerk keeps: the industries of their work groups, these groups, and models that another role writes."""

    user: models.Model
    industries: frozenset[int]
    groups: frozenset[int]
    free: frozenset[str]

    def held_in(self, link: models.Field) -> frozenset[int]:
        """The keys at the end of a link of `belongs_by` that make a record theirs."""
        return self.groups if link.related_model is groups_model() else self.industries


def groups_model() -> type[models.Model]:
    return apps.get_model(settings.WORK_GROUP_MODEL)


def reach_of(user, *, anew: bool = False) -> Reach | None:
    """None for those whom nothing but their roles limits. Asked once for each `user` object, unless `anew`."""
    if user is None or user.pk is None or user.is_superuser:
        return None
    if anew or not hasattr(user, "_reach"):
        user._reach = Reach(user, *_kept_by(user), _free(user)) if _is_clerk(user) else None
    return user._reach


def _is_clerk(user) -> bool:
    """Also one who was locked out since: what they typed may still wait."""
    return has_role(user, WORK_GROUP) or (
        not user.is_active and user.groups.filter(name=group_name(WORK_GROUP)).exists()
    )


def limit(user, model) -> Reach | None:
    """What limits somebody in writing rows of a model; None where nothing does."""
    reach = reach_of(user)
    return None if reach is None or model._meta.label in reach.free else reach


def _kept_by(user) -> tuple[frozenset[int], frozenset[int]]:
    """Industries and groups. A group that was withdrawn keeps nothing; an industry that was is kept until it is taken
    from the group, since its records want moving.
    """
    groups = groups_model()._base_manager.order_by().filter(staff=user).exclude(state=Record.State.WITHDRAWN)
    found = list(groups.values_list("pk", "industries"))
    return frozenset(key for _group, key in found if key), frozenset(group for group, _key in found)


def _free(user) -> frozenset[str]:
    """The models that another role lets somebody write, wherever its rows belong."""
    if len(roles_held(user)) == 1:
        return frozenset()
    others = user.groups.exclude(name=group_name(WORK_GROUP))
    rights = Permission.objects.filter(group__in=others, codename__startswith="change_").order_by()
    found = rights.values_list("content_type", flat=True).distinct()
    kinds = (ContentType.objects.get_for_id(kind).model_class() for kind in found)
    return frozenset(model._meta.label for model in kinds if model is not None)

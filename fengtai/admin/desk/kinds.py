"""Of which kinds of records somebody is told what waits: those they keep; who keeps none is told of all they may see."""

from django.db.models import DateTimeField, F
from django.db.models.functions import Cast, Coalesce

from fengtai.admin.desk.queues import Group
from fengtai.admin.desk.through_records import records
from fengtai.importing.taking.rights import CHANGE, may, may_view

LAST_WRITTEN = F("changed_at")
LAST_CHECKED = Coalesce(Cast("checked_on", DateTimeField()), F("created_at"))


def kept_by(user, models=None) -> list:
    """Those of some kinds, or of all, that a user may change, or else may look at."""
    models = records() if models is None else models
    return [model for model in models if may(user, model, CHANGE)] or [m for m in models if may_view(user, m)]


def keeps_any(user) -> bool:
    """Whether a user types anything in."""
    return any(may(user, model, CHANGE) for model in records())


def sees_any(user) -> bool:
    return any(may_view(user, model) for model in records())


def group_of(rows, since, **more) -> Group:
    """Rows of a kind under the name and title of their model."""
    options = rows.model._meta
    return Group(options.label_lower, options.verbose_name_plural, rows.annotate(since=since), **more)

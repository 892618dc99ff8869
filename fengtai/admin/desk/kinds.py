"""Of which kinds of records somebody is told what waits: those they keep; or, who keeps none, all they may see."""

from dataclasses import replace

from django.core.exceptions import EmptyResultSet

from fengtai.admin.desk.queues import Group
from fengtai.admin.desk.through_records import records
from fengtai.importing.taking.rights import CHANGE, may, may_view
from fengtai.review.reach import limit
from fengtai.review.scope import in_scope

LAST_WRITTEN, ANY = "changed_at", "1 = 1"


def kept_by(user, models=None) -> list:
    """Those of some kinds, or of all, that a user may change, or else may look at."""
    kept = [model for model in records() if may(user, model, CHANGE)]
    return [model for model in models or records() if (model in kept if kept else may_view(user, model))]


def seen_by(user) -> list:
    return [model for model in records() if may_view(user, model)]


def keeps_any(user) -> bool:
    """Whether a user types anything in."""
    return any(may(user, model, CHANGE) for model in records())


def sees_any(user) -> bool:
    return any(may_view(user, model) for model in records())


def rows_where(model, condition: str = ANY, params=(), *, since: str = LAST_WRITTEN, name: str = "", **more) -> Group:
    """Rows of a kind under the name and title of their model."""
    options = model._meta
    sql = f"SELECT id AS pk, {since} AS since FROM {options.db_table} WHERE {condition}"
    return Group(
        name or options.label_lower, more.pop("title", options.verbose_name_plural), model, sql, tuple(params), **more
    )


def theirs(user, group: Group) -> Group:
    """Without the rows that are not the user's to keep."""
    if limit(user, group.model) is None:
        return group
    kept = in_scope(user, group.model._base_manager.order_by()).values_list("pk")
    try:
        sql, params = kept.query.sql_with_params()
    except EmptyResultSet:
        return replace(group, sql=f"SELECT pk, since FROM ({group.sql}) AS found WHERE 1 = 0")
    whole = f"SELECT pk, since FROM ({group.sql}) AS found WHERE pk IN ({sql})"
    return replace(group, sql=whole, params=(*group.params, *params))

"""The shared rooms as an app, and the one step after migrating: what tables need beside columns, and six roles."""

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import register
from django.db import connections, transaction
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from fengtai.caching.generation_triggers import missing_triggers
from fengtai.operations.backups.marks import no_half_restore
from fengtai.operations.seeing.measures import watch_sign_ins
from fengtai.records.rare_indexes import missing_indexes
from fengtai.records.trail.guarding import TABLE as TRAIL
from fengtai.records.trail.guarding import enough_days, missing_guards
from fengtai.search.index import missing_index

SERVING = "serving"  # checks of what must not be served, which a web server asks as well as each command
# No page that is kept shows what stands in these, and strangers write in them.
UNSEEN = (TRAIL, "fengtai_correction")


class FengtaiConfig(AppConfig):
    name = "fengtai"
    verbose_name = _("Sources")

    def ready(self):
        register(enough_days, SERVING)
        register(no_half_restore, SERVING)
        watch_sign_ins()
        post_migrate.connect(complete_tables, sender=self)


def complete_tables(using: str, **kwargs):
    """Puts on the triggers, indexes and roles that the subjects lack; told twice, it finds nothing to do."""
    found = [model for model in apps.get_models(include_auto_created=True) if _is_ours(model)]
    with transaction.atomic(using), connections[using].cursor() as cursor:
        present = set(connections[using].introspection.table_names(cursor))
        models = [model for model in found if model._meta.db_table in present]
        tables = [model._meta.db_table for model in models]
        for missing, subjects in (
            (missing_triggers, [model for model in models if model._meta.db_table not in UNSEEN]),
            (missing_index, models),
            (missing_indexes, models),
            (missing_guards, tables),
        ):
            for statement in list(missing(cursor, subjects)):
                cursor.execute(statement)
    if "auth_group" in present:
        from fengtai.review.roles import make_roles  # models, which are there only once all apps are

        make_roles(using)


def _is_ours(model) -> bool:
    return model._meta.app_label in settings.SUBJECTS

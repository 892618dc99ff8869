"""Makes search tokens and sort keys anew, and the index behind them: after writing past Django, or after an upgrade."""

import time

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from fengtai.lists.site import site_lists
from fengtai.search.fields import following
from fengtai.search.index import index_statements, pause_statements, tidy_statements

BATCH = 2000


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("lists", nargs="*", metavar="LIST", help="organisations, places …; all if none is named")

    def handle(self, lists, **options):
        for model in _models(lists):
            started = time.perf_counter()
            rows, changed = _rebuild(model)
            figures = {"rows": rows, "changed": changed, "seconds": time.perf_counter() - started}
            said = _("%(model)s: %(rows)d rows, %(changed)d changed, %(seconds).1f s")
            self.stdout.write(said % {"model": model._meta.label, **figures})


def _models(lists) -> list:
    """The models of these lists and of what they look through."""
    pages = {page.name: page for page in site_lists()}
    if unknown := [name for name in lists if name not in pages]:
        raise CommandError(_("There is no list %(name)s.") % {"name": unknown[0]})
    finders = [page.filterset({}, queryset=page.table.rows()).finder for page in map(pages.get, lists)]
    wanted = {model for finder in finders for model in (finder.model, *finder.links.values())}
    return [model for model in apps.get_models() if following(model) and (model in wanted or not lists)]


def _rebuild(model) -> tuple[int, int]:
    rows = changed = last = 0
    _run(pause_statements(connection, model))
    while batch := list(_texts(model).filter(pk__gt=last)[:BATCH]):
        last, rows, changed = batch[-1].pk, rows + len(batch), changed + _write(model, batch)
    with transaction.atomic():
        _run(index_statements(connection, model))
    _run(tidy_statements(connection, model))
    return rows, changed


def _run(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _texts(model):
    """Rows with the texts that are followed, and the columns as they are stored."""
    fields = following(model)
    return model._base_manager.order_by("pk").only(*{name for field in fields for name in (field.name, *field.follows)})


def _write(model, rows) -> int:
    """Writes the rows whose texts say something else than what is stored; how many they were."""
    fields = following(model)
    changed = []
    for row in rows:
        # The attribute says what the texts say; what is stored stands in the row's own dictionary.
        values = [getattr(row, field.name) for field in fields]
        if values != [row.__dict__[field.name] for field in fields]:
            changed.append([*values, row.pk])
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s", changed)
    return len(changed)

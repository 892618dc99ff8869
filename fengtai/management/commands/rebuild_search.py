"""Makes anew what follows from texts: search tokens, sort keys and the index behind them, and the numbers and days of
texts that nothing read before. For when something was written past Django, and after an upgrade.
"""

import time

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from fengtai.lists.site import site_lists
from fengtai.records.fields import PrintedField
from fengtai.records.querysets import with_companions
from fengtai.records.unread_rows import unread_rows
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
        for model in [] if lists else apps.get_models():
            if read := _read_again(model):
                said = _("%(model)s: %(rows)d rows held texts that this release reads otherwise")
                self.stdout.write(said % {"model": model._meta.label, "rows": read})


def _models(lists) -> list:
    """The models of these lists and of what they look through."""
    pages = {page.name: page for page in site_lists()}
    if unknown := [name for name in lists if name not in pages]:
        raise CommandError(_("There is no list %(name)s.") % {"name": unknown[0]})
    finders = [page.filterset({}, queryset=page.table.rows()).finder for page in map(pages.get, lists)]
    wanted = {model for finder in finders for model in (finder.model, *finder.links.values())}
    return [model for model in apps.get_models() if following(model) and (model in wanted or not lists)]


def _read_again(model) -> int:
    """Lets what a text says follow it anew, where an earlier release could not read it."""
    unread = unread_rows(model) if not hasattr(model, "instance_type") else None  # a history stays as it was
    if unread is None:
        return 0
    names = [field.name for field in model._meta.local_concrete_fields if isinstance(field, PrintedField)]
    stored, changed = model._base_manager.filter(unread).order_by("pk"), []
    for row in stored:
        companions = {name: getattr(row, name) for name in with_companions(model, names) if name not in names}
        if companions != model._base_manager.filter(pk=row.pk).values(*companions).get():
            changed.append(row)
    model._base_manager.bulk_update(changed, with_companions(model, names), batch_size=BATCH)
    return len(changed)


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

"""Adds a list to a subject: its model, table, filter, admin class and line in the site map, ready to be filled in.

`manage.py add_list partners exhibition exhibitions` makes the list /exhibitions/ of the model Exhibition.
"""

import ast
import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

MODEL = '''class {Model}(Record):
    """One {words}."""

    name = models.CharField(_("name"), max_length=100)

    search = SearchField("name")
    sort_key = SortKeyField()

    list_name = "{list}"

    class Meta:
        verbose_name = _("{words}")
        verbose_name_plural = _("{list_words}")
        ordering = ("sort_key", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="{name}_order")]
'''
TABLE = """class {Model}Table(RecordTable):
    name = RecordColumn(itself=True, sort=("sort_key",))

    class Meta:
        model = {Model}
        fields = ()
"""
FILTER = '''class {Model}Filter(ListFilter):
    """The questions of the list; every list can be searched and asked for a source and for doubt."""
'''
ADMIN = '''@admin.register({Model})
class {Model}Admin(RecordAdmin):
    """The list of staff follows from the table and the filter."""
'''
MODEL_IMPORTS = (
    "from django.db import models",
    "from django.utils.translation import gettext_lazy as _",
    "from fengtai.records.models import Record",
    "from fengtai.search.fields import SearchField, SortKeyField",
)
QUOTES = '"""'
URL = '    *list_urls("{list}", {Model}Table, {Model}Filter),'
BEFORE = '    *list_urls("sources",'  # the sources close the menu


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("subject", choices=[name for name in settings.SUBJECTS if name != "fengtai"])
        parser.add_argument("name", help="of one record, such as exhibition or trade_fair")
        parser.add_argument("list", help="of the list in addresses, such as exhibitions")

    def handle(self, subject, name, **options):
        root, listed = settings.BASE_DIR, options["list"]
        if not (re.fullmatch("[a-z]+(_[a-z]+)*", name) and re.fullmatch("[a-z]+(-[a-z]+)*", listed)):
            raise CommandError(_("Names are small Latin letters: trade_fair of one record, trade-fairs of the list."))
        if f'"{listed}"' in (root / "fengtai/urls.py").read_text("utf-8"):
            raise CommandError(_("There is a list %(name)s already.") % {"name": listed})
        words = {"name": name, "list": listed, "words": name.replace("_", " "), "list_words": listed.replace("-", " ")}
        words["Model"] = name.title().replace("_", "")
        for path in _write(root, subject, words):
            self.stdout.write(str(path.relative_to(root)))
        self.stdout.write(_("Next: fill in the fields, then manage.py makemigrations, make messages, make test."))


def _write(root: Path, subject: str, words: dict) -> list[Path]:
    """The five places, in the order of the README."""
    model = words["Model"]
    own = f"from {subject}.models import {model}"
    places = [
        (_model_path(root, subject, words), MODEL_IMPORTS, MODEL),
        (root / subject / "tables.py", ("from fengtai.lists.tables import RecordTable", own), TABLE),
        (root / subject / "filters.py", ("from fengtai.lists.filters import ListFilter",), FILTER),
        (root / subject / "admin.py", (own,), ADMIN),
    ]
    for path, imports, code in places:
        _append(path, imports, code.format(**words))
    site_map = root / "fengtai/urls.py"
    imports = [f"from {subject}.{room}s import {model}{room.capitalize()}" for room in ("filter", "table")]
    text = _with_imports(site_map.read_text("utf-8"), imports)
    site_map.write_text(text.replace(BEFORE, f"{URL.format(**words)}\n{BEFORE}"), "utf-8")
    return [*(path for path, _imports, _code in places), site_map]


def _model_path(root: Path, subject: str, words: dict) -> Path:
    """A module of its own where the subject's models are a package, which then names it."""
    package = root / subject / "models"
    if not package.is_dir():
        return package.with_suffix(".py")
    face = package / "__init__.py"
    text = _with_imports(face.read_text("utf-8"), [f"from {subject}.models.{words['name']} import {words['Model']}"])
    face.write_text(text.replace("__all__ = [\n", f'__all__ = [\n    "{words["Model"]}",\n'), "utf-8")
    return package / f"{words['name']}.py"


def _append(path: Path, imports, code: str):
    text = path.read_text("utf-8") if path.exists() else f'"""{code.split(QUOTES)[1]}"""\n\n{imports[0]}\n'
    path.write_text(f"{_with_imports(text, imports).rstrip()}\n\n\n{code}", "utf-8")


def _with_imports(text: str, imports) -> str:
    """The text with further imports after its last; `make lint` puts them in order."""
    lines = text.rstrip("\n").split("\n")
    head = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom | ast.Expr)]
    last = head[-1].end_lineno if head else 0
    return "\n".join([*lines[:last], *(line for line in imports if line not in lines), *lines[last:], ""])

"""Refreshes the Chinese catalogue: new strings are added empty, strings no longer used are dropped, then compiled.

Babel stands in for the gettext tools, so that the catalogue can be made and checked on a bare machine.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize

CATALOGUE = settings.BASE_DIR / "fengtai" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
CALL = re.compile(r"""\b(_|gettext|ngettext|pgettext)\(((?:u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"),?\s*)+)""")


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        catalogue = current_catalogue()
        catalogue.update(
            strings_in_use(), no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False
        )
        catalogue.obsolete.clear()
        with CATALOGUE.open("wb") as file:
            write_po(file, catalogue, width=0, no_location=True, omit_header=False, sort_output=True)
        with CATALOGUE.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        missing = [message.id for message in catalogue if message.id and not all(_texts(message.string))]
        self.stdout.write(f"{len(catalogue)} strings, {len(missing)} without Chinese")
        for text in missing:
            self.stdout.write(f"  {text}")


def _texts(string) -> tuple:
    return string if isinstance(string, tuple) else (string,)


def current_catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans", domain="django")


def strings_in_use() -> Catalog:
    """Every string that the code and the templates mark for translation."""
    template = Catalog(locale="zh_Hans", domain="django")
    for folder in settings.SUBJECTS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                for _line, text, _comments, context in extract_from_file("python", path, keywords=KEYWORDS):
                    template.add(text, context=context)
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        for text, context in strings_of_template(path):
            template.add(text, context=context)
    return template


def strings_of_template(path: Path) -> Iterator[tuple]:
    for name, arguments in CALL.findall(templatize(path.read_text("utf-8"))):
        texts = ast.literal_eval(f"[{arguments}]")
        if name == "pgettext":
            yield texts[1], texts[0]
        else:
            yield (tuple(texts[:2]) if name == "ngettext" else texts[0]), None

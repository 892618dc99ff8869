"""What a list is, and which lists the site has."""

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from django.urls import get_resolver, reverse
from django.utils.translation import get_language

from fengtai.lists.questions import Question


@dataclass(frozen=True)
class ListPage:
    """One list of the site map: its name in addresses, its columns and its questions."""

    name: str
    table: type
    filterset: type
    detail: bool  # whether its records have their pages here
    partials: ClassVar[str] = ""  # the folder of what its page is put together from

    @property
    def title(self) -> str:
        return self.table.list_title()

    @property
    def import_title(self) -> str:
        return str(self.table.import_title or self.title)

    @property
    def import_names(self) -> tuple[str, ...]:
        return self.table.import_names or (self.name,)

    @property
    def file_title(self) -> str:
        """What its files are called."""
        return self.title

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What the second sheet of a workbook says beside its filters."""
        return []

    @property
    def intro(self) -> str:
        return str(self.table.intro)

    @property
    def newest(self):
        """The first of its records in the order of the list; None while it is empty."""
        return self.table.in_order(self.table.rows()).first()

    @property
    def address(self) -> str:
        return _address(self.name, get_language())

    def templates(self, kind: str) -> list[str]:
        """Where its page is looked for: by its own name in the subject's folder, or the one that all lists share."""
        return [f"{self.table.model()._meta.app_label}/{self.name}_{kind}.html", f"{kind}.html"]

    def ask(self, params) -> Question:
        return Question(self.table, self.filterset, params)


@cache
def _address(name: str, language: str) -> str:
    """Looked up once per language: the menu of every page asks for every list."""
    return reverse(name)


@cache
def site_lists() -> tuple[ListPage, ...]:
    """Every list of the site map, in its order."""
    pages = [getattr(pattern.callback, "list_page", None) for pattern in _patterns(get_resolver().url_patterns)]
    return tuple(dict.fromkeys(page for page in pages if page))


def page_of(name: str) -> ListPage | None:
    """The list of this name."""
    return next((page for page in site_lists() if page.name == name), None)


def imported_page(name: str) -> ListPage | None:
    """The list that files of this name are read into."""
    return next((page for page in site_lists() if name in page.import_names), None)


def _patterns(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern

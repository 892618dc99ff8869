"""What a reader points at: a public record by the address of its page, and of it one fact as it is shown now.

What is hidden and what was never there are answered alike.
"""

from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import override

from fengtai.lists.site import ListPage
from fengtai.pages.facts import facts
from fengtai.pages.withdrawn import named_by
from fengtai.records.models import Record

LONGEST_LABEL = 300
WEB = ("", "http", "https")  # schemes of addresses that lead to a page


@dataclass(frozen=True)
class Subject:
    """A page of this site. `record` is None of a page that is no record's."""

    address: str
    page: ListPage | None = None
    record: Record | None = None
    shown: dict[str, tuple[str, str]] = field(default_factory=dict)  # label and text of each fact, by its name

    @property
    def label(self) -> str:
        return str(self.record or "")[:LONGEST_LABEL]


def subject_at(address: str, host: str) -> Subject | None:
    """None where the public finds nothing at an address, or it is another site's."""
    parts = _parts(address)
    if parts is None or (parts.netloc and parts.netloc != host) or not parts.path.startswith("/"):
        return None
    path = _without_language(parts.path)
    try:
        with override(settings.LANGUAGE_CODE):
            found = resolve(path)
    except Resolver404:
        return None
    page, key = getattr(found.func, "detail_of", None), found.kwargs.get("pk")
    if page is None or key is None:
        return None if path.startswith("/admin/") or parts.scheme not in WEB else Subject(address)
    return _of_record(page, key)


def as_stored(address: str, host: str) -> Subject | None:
    """The same in the site's first language, so that what was shown then and what is shown now can be compared."""
    with override(settings.LANGUAGE_CODE):
        return subject_at(address, host)


def _of_record(page: ListPage, key: int | str) -> Subject | None:
    rows, asked = page.table.loaded(page.table.rows()).with_citations(), named_by(page.table.model(), key)
    record = rows.filter(**asked).first() if asked else None
    if record is None:
        return None
    try:
        shown = {fact.name: (str(capfirst(fact.label)), _text(fact.html)) for fact in facts(page.table, record)}
    except Http404:  # deleted since it was found
        return None
    return Subject(record.get_absolute_url(), page, record, shown)


def _text(html) -> str:
    return " ".join(unescape(strip_tags(str(html))).split())


def _parts(address: str):
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def _without_language(path: str) -> str:
    """As the same page is called in the language that has no prefix."""
    for code, _name in settings.LANGUAGES:
        if path.startswith(f"/{code}/"):
            return path[len(code) + 1 :]
    return path

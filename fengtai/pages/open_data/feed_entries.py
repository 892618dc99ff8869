"""What was published or revised last, as the pages of the records tell it: through the same door, and no further."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from fengtai.caching.store import remembered
from fengtai.lists.site import ListPage, site_lists
from fengtai.pages.sharing.titles import record_description, record_title
from fengtai.records.models import Record
from fengtai.records.revisions import public_life

MOST = 50  # entries of a feed
LOOKED_AT = 2 * MOST  # records that changed last; what changed in some of them no reader can see


@dataclass(frozen=True)
class Entry:
    """`key` stays the same whatever becomes of the record; `path` is its page, `replaced` that of what it replaced."""

    key: str
    title: str
    path: str
    at: datetime
    told: str
    replaced: str = ""


def entries() -> list[Entry]:
    """Newest first, in the language at hand; made once for each write."""
    return remembered(f"feed:{get_language()}", _made)


def _made() -> list[Entry]:
    """Only what is newest is told: a title and its facts are five questions to the database."""
    found: dict[ListPage, dict[int, datetime]] = {}
    for moment, page, key in sorted(_candidates(), key=lambda one: one[0], reverse=True):
        if sum(map(len, found.values())) < LOOKED_AT:
            found.setdefault(page, {}).setdefault(key, moment)
    lives = [life for page, keys in found.items() for life in _of_list(page, keys)]
    lives = sorted(lives, key=lambda life: (life.at, life.key), reverse=True)[:MOST]
    titles = {life.record: record_title(life.page, life.record) for life in lives}
    return [life.entry(titles[life.record]) for life in lives]


def _candidates() -> list[tuple]:
    """Of each list the rows written, made or come to their time last: the moment, the list and the key."""
    found = []
    for page in (page for page in site_lists() if page.detail):
        model, rows = page.table.model(), page.table.rows().order_by()
        # Hidden rows that were written last would leave no room for those that readers see.
        shown = Exists(rows.filter(pk=OuterRef(model._meta.pk.attname)))
        written = model.history.order_by("-history_date", "-history_id").filter(shown)
        if issubclass(model, Record):
            written = written.filter(state=Record.State.PUBLISHED)
            found += _newest(page, rows.exclude(publish_at=None).order_by("-publish_at"), "publish_at", "pk")
        found += _newest(page, written, "history_date", model._meta.pk.attname)
        found += _newest(page, rows.order_by("-pk"), "created_at", "pk")
    return found


def _newest(page: ListPage, rows, moment: str, key: str) -> list[tuple]:
    return [(at, page, pk) for at, pk in rows.values_list(moment, key)[:LOOKED_AT]]


@dataclass(frozen=True)
class _Life:
    """A record that was published, or one revision of it."""

    key: str
    at: datetime
    page: ListPage
    record: object
    revision: object = None

    def entry(self, title: str) -> Entry:
        path = self.record.get_absolute_url()
        if self.revision is not None:
            return Entry(self.key, _revised(title), path, self.at, _told(self.revision))
        told = record_description(self.page, self.record)
        if found := self.page.table.revised(self.record):
            older, change = found
            return Entry(self.key, _revised(change), path, self.at, told, older.get_absolute_url())
        return Entry(self.key, title, path, self.at, told)


def _of_list(page: ListPage, keys) -> Iterator[_Life]:
    for record in page.table.loaded(page.table.rows()).filter(pk__in=keys):
        since, revisions = public_life(record, page.table)
        name = f"{page.name}/{record.pk}"
        yield _Life(f"{name}/published", since, page, record)
        for one in revisions:
            yield _Life(f"{name}/{one.version}", one.at, page, record, one)


def _revised(what: str) -> str:
    return gettext("Revised: %(title)s") % {"title": what}


def _told(revision) -> str:
    changes = ((one.label, one.old_text or "—", one.new_text or "—") for one in revision.changes)
    return _("; ").join(f"{label}{_(': ')}{old} → {new}" for label, old, new in changes)

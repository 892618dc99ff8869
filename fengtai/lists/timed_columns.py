"""Columns of linked rows that hold for a time: one that is over says so beside its name, with its end."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from html import escape

from django.db.models import F
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from fengtai.lists.many_columns import MEMORY, RecordsColumn
from fengtai.lists.value_columns import day
from fengtai.records.links import Link, not_stated
from fengtai.records.printing import printed_html
from fengtai.values.periods import Kind, Period

TIME = 5  # columns that tell the time, behind all others: `since`, and `until` with its kind, first and last day


@dataclass(slots=True)
class TimedLink(Link):
    """`since` is as printed; `until` is read, and `is_over` where its last day is past."""

    since: str = ""
    until: Period | None = None
    is_over: bool = False

    def html(self) -> SafeString:
        return mark_safe(f"{Link.html(self)}{self._end()}")

    def _end(self) -> str:
        if not self.is_over:
            return ""
        told = escape(gettext("(until %(period)s)")) % {"period": printed_html(self.until)}
        return f' <small class="ended">{told}</small>'

    @property
    def in_full(self) -> str:
        """The name, and the end where it is over."""
        told = {"name": self.text, "period": self.until}
        return gettext("%(name)s (until %(period)s)") % told if self.is_over else self.text

    def data(self) -> dict:
        told = {"since": self.since or None, "until": str(self.until) or None, "current": not self.is_over}
        return {"name": self.text, **told}


class TimedRecordsColumn(RecordsColumn):
    """Linked rows with the periods `since` and `until`. Whether one is over is asked anew each day."""

    def related(self, model, name, *, cited=False):
        plain = super().related(model, name, cited=cited)
        parts = [*plain.parts, *map(F, ("since", "until", "until_kind", "until_start", "until_end"))]
        return replace(plain, parts=parts, read=lambda parts: _timed(plain.read(parts[:-TIME]), parts[-TIME:]))

    def cell(self, model, name):
        read, nothing = self.related(model, name).read, not_stated()

        @lru_cache(MEMORY)
        def item(parts, today: date | None):
            return f"<li>{read(parts).html()}</li>"

        def cell(rows):
            if not rows:
                return nothing
            # What day it is costs as much as a third of the row: only what has an end asks.
            today = timezone.localdate() if any(parts[-1] for parts in rows) else None
            shown = self._each_once(rows, today) if self.once and len(rows) > 1 else rows
            return f'<ul class="inline">{"".join(item(parts, today) for parts in shown)}</ul>'

        return cell

    def _each_once(self, rows, today: date | None) -> Iterable[tuple]:
        """Of several rows of one name the one that goes on, or that ended last, where the first of them stood."""
        kept = {}
        for parts in rows:
            name = parts[1:-TIME]
            if name not in kept or _end(parts, today) > _end(kept[name], today):
                kept[name] = parts
        return kept.values()

    def part_text(self, model, name):
        read = self.related(model, name).read
        return lambda parts: read(parts).in_full

    def part_data(self, model, name):
        read = self.related(model, name).read
        return lambda parts: read(parts).data()

    def cells(self, value):
        return ["；".join(link.in_full for link in value) or None]

    def data(self, value):
        return [link.data() for link in value]

    def schema(self, model, name):
        text = {"type": ["string", "null"]}
        told = {"name": {"type": "string"}, "since": text, "until": text, "current": {"type": "boolean"}}
        return {"type": "array", "items": {"type": "object", "required": [*told], "properties": told}}


def _timed(link: Link, time: tuple) -> TimedLink:
    since, until, kind, start, end = time
    period = Period(until, Kind(kind), day(start), day(end))
    told = {name: getattr(link, name) for name in Link.__slots__}
    return TimedLink(**told, since=since, until=period, is_over=_is_over(day(end), timezone.localdate()))


def _is_over(end: date | None, today: date | None) -> bool:
    """`today` is asked of what has an end."""
    return end is not None and end < today


def _end(parts: tuple, today: date | None) -> date:
    end = day(parts[-1])
    return end if _is_over(end, today) else date.max

"""What a column of a list is: one declaration says how a value stands on a page, in a workbook and in JSON."""

from collections.abc import Iterable

import django_tables2 as tables
from django.db.models import F
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_tables2.utils import Accessor

from fengtai.readings import describe

NOT_STATED = _("not stated")


class Column(tables.Column):
    """A text. `sort` names the database columns to order by; `detail_only` keeps a column off the list page."""

    numeric = False

    def __init__(self, *args, sort=None, detail_only=False, **kwargs):
        self.sort, self.detail_only = sort, detail_only
        super().__init__(*args, orderable=False, **kwargs)

    def sort_by(self, name: str) -> tuple[str, ...]:
        """Database columns to order by; empty where the column cannot be sorted."""
        return (name,) if self.sort is None else tuple(self.sort)

    def value_of(self, record, name: str):
        return Accessor(self.accessor or name).resolve(record, quiet=True)

    def html(self, value) -> SafeString:
        return not_stated() if value in (None, "") else format_html("{}", value)

    def detail_html(self, value) -> SafeString:
        """As on the record's own page, where there is room for more."""
        return self.html(value)

    def headings(self, label: str) -> list[str]:
        return [label]

    def cells(self, value) -> list:
        return [None if value in (None, "") else str(value)]

    def data(self, value):
        """The value as JSON."""
        return self.cells(value)[0]


class NumberColumn(Column):
    """A whole number that the platform counted itself."""

    numeric = True

    def html(self, value):
        return not_stated() if value is None else format_html("{}", f"{value:,}")

    def cells(self, value):
        return [value]


class DateColumn(NumberColumn):
    numeric = False

    def html(self, value):
        return not_stated() if value is None else format_html("<time>{}</time>", value.isoformat())

    def data(self, value):
        return value.isoformat() if value else None


class FlagColumn(Column):
    """Yes or nothing."""

    def html(self, value):
        return format_html("{}", _("yes")) if value else mark_safe("")

    def cells(self, value):
        return [str(_("yes")) if value else None]

    def data(self, value):
        return bool(value)


class ChoiceColumn(Column):
    """A choice: its label to read, its code in JSON."""

    def value_of(self, record, name):
        *links, last = str(self.accessor or name).split("__")
        owner = Accessor("__".join(links)).resolve(record, quiet=True) if links else record
        code = getattr(owner, last, "")
        return (code, getattr(owner, f"get_{last}_display")()) if code else None

    def html(self, value):
        return format_html('<span class="choice choice-{}">{}</span>', *value) if value else not_stated()

    def cells(self, value):
        return [str(value[1]) if value else None]

    def data(self, value):
        return value[0] if value else None


class FigureColumn(Column):
    """A figure as printed; the number, unit and exactness beside it in files. Sorts within one unit."""

    numeric = True

    def sort_by(self, name):
        return (f"{name}_unit", f"{name}_value") if self.sort is None else tuple(self.sort)

    def html(self, value):
        if value is None:
            return not_stated()
        return format_html('<data class="figure figure-{}" value="{}" title="{}">{}</data>', *figure_parts(value))

    def headings(self, label):
        return [f"{label}{part}" for part in (_(" (as printed)"), _(" (number)"), _(" (unit)"), _(" (exactness)"))]

    def cells(self, value):
        if value is None:
            return [None] * 4
        return [value.printed, value.value, value.unit or None, str(value.bound)]

    def data(self, value):
        if value is None:
            return None
        return dict(zip(("printed", "value", "unit", "bound"), self.cells(value), strict=True))


class PeriodColumn(Column):
    """A period as printed; its first and last day beside it in files."""

    def sort_by(self, name):
        return (f"{name}_start", f"{name}_end") if self.sort is None else tuple(self.sort)

    def html(self, value):
        return format_html('<time title="{}">{}</time>', describe(value), value) if str(value or "") else not_stated()

    def headings(self, label):
        return [label, f"{label}{_(' (from)')}", f"{label}{_(' (to)')}"]

    def cells(self, value):
        return [str(value) or None, value.start, value.end] if value else [None] * 3

    def data(self, value):
        if not value:
            return None
        days = {name: day.isoformat() if day else None for name, day in (("start", value.start), ("end", value.end))}
        return {"printed": value.printed, "kind": str(value.kind), **days}


class RecordColumn(Column):
    """A link to another record; one that is not public is not shown.

    `itself` links to the row's own record; `show` names the attribute to print for it.
    """

    def __init__(self, *args, itself=False, show="", **kwargs):
        self.itself, self.show = itself, show
        super().__init__(*args, **kwargs)

    def value_of(self, record, name):
        linked = record if self.itself else super().value_of(record, name)
        return linked if linked is not None and getattr(linked, "is_public", True) else None

    def html(self, value):
        if value is None:
            return not_stated()
        link = link_to(value, self._shown(value))
        return doubt_mark(value, link) if self.itself else link

    def cells(self, value):
        return [None if value is None else self._shown(value)]

    def data(self, value):
        return None if value is None else {"id": value.pk, "name": self._shown(value)}

    def _shown(self, record) -> str:
        return str(Accessor(self.show).resolve(record) if self.show else record)


class RecordsColumn(Column):
    """Links to several records; `show` names the attribute to print for each, `link` the one to link to."""

    def __init__(self, *args, show="", link="", **kwargs):
        self.show, self.link = show, link
        super().__init__(*args, sort=(), **kwargs)

    def value_of(self, record, name):
        found = super().value_of(record, name)
        rows = found.all() if hasattr(found, "all") else found or []
        return [row for row in rows if getattr(row, "is_public", True)]

    def html(self, value: Iterable):
        if not value:
            return not_stated()
        items = ((link_to(self._linked(row), str(self._shown(row))),) for row in value)
        return format_html('<ul class="inline">{}</ul>', format_html_join("", "<li>{}</li>", items))

    def detail_html(self, value):
        """Each row with its doubt and with where the sources state it."""
        if not value:
            return not_stated()
        items = ((doubt_mark(row, link_to(self._linked(row), str(self._shown(row)))), cited(row)) for row in value)
        return format_html('<ul class="inline">{}</ul>', format_html_join("", "<li>{} {}</li>", items))

    def cells(self, value):
        return ["；".join(str(self._shown(row)) for row in value) or None]

    def data(self, value):
        return [str(self._shown(row)) for row in value]

    def _shown(self, row):
        return getattr(row, self.show) if self.show else row

    def _linked(self, row):
        return getattr(row, self.link) if self.link else row


class CitationsColumn(Column):
    """Where the sources state it: source, paragraph, the figure's own words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, sort=(), **kwargs)

    def html(self, value):
        return citation_links(value or ()) or not_stated()

    def cells(self, value):
        return ["；".join(f"{c.source} {c.place} {c.words}".strip() for c in value or ()) or None]

    def data(self, value):
        return [
            {
                "source": c.source_id,
                "title": c.source.title,
                "paragraph": c.paragraph,
                "words": c.words,
                "field": c.field,
            }
            for c in value or ()
        ]


def not_stated() -> SafeString:
    return format_html('<span class="not-stated">{}</span>', NOT_STATED)


def link_to(record, text: str = "") -> SafeString:
    """A link to a public record's page; plain text where it has none."""
    address = record.get_absolute_url() if hasattr(record, "get_absolute_url") and record.is_public else ""
    text = text or str(record)
    return format_html('<a href="{}">{}</a>', address, text) if address else format_html("{}", text)


def cited(record) -> SafeString:
    """Where the sources state a record that was loaded with its citations."""
    return citation_links(getattr(record, "public_citations", ()))


def citation_links(citations) -> SafeString:
    """One link per paragraph of a source, with all the words that stand there."""
    words = {}
    for citation in citations:
        words.setdefault((citation.source, citation.place), []).append(citation.words)
    links = ((s.get_absolute_url(), s, " / ".join(dict.fromkeys(found)), place) for (s, place), found in words.items())
    return format_html_join(" ", '<a class="citation" href="{}" title="{} {}">{}</a>', links)


def doubt_mark(record, link: SafeString) -> SafeString:
    """A doubtful record says so beside its name, with the reason."""
    if not getattr(record, "doubt", ""):
        return link
    return format_html('{} <span class="doubt" title="{}">{}</span>', link, record.doubt, _("to be checked"))


def figure_parts(figure) -> tuple:
    """For a figure's HTML: its exactness, number, reading and printed form."""
    return figure.bound, "" if figure.value is None else figure.value, describe(figure), figure.printed


def ordering(paths: Iterable[str], descending: bool) -> list:
    """Order by database columns, what is not stated last either way."""
    columns = [F(path) for path in paths]
    return [column.desc(nulls_last=True) if descending else column.asc(nulls_last=True) for column in columns]

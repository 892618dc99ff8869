"""A published value as HTML: as its source printed it, with what was read of it beside it. The one way to show one."""

from functools import singledispatch
from html import escape

from django.utils.safestring import SafeString, mark_safe

from fengtai.records.chinese import is_english, lang_of, marked, text_html
from fengtai.records.links import not_stated, unread_mark
from fengtai.records.paths import value_at
from fengtai.records.readings import describe
from fengtai.values.figures import Figure
from fengtai.values.glosses import gloss, gloss_of_unit
from fengtai.values.growths import Growth
from fengtai.values.periods import Period

PRINTED = (Figure, Growth, Period)


def printed_html(value, address: str = "") -> SafeString:
    """A figure, growth or period; nothing, or a period that no source states, reads "not stated".

    With the `address` of its proof it is a link there, and the site's script opens the proof beside it.
    """
    if value is None or not str(value):
        return not_stated()
    return mark_safe(f"{proved_html(_printed(value), address)}{gloss_html(value)}{unread_mark(value)}")


def gloss_html(value: Figure | Growth | Period) -> str:
    """The same in English, beside the print and never in place of it, for readers of English."""
    return _beside(gloss(value)) if is_english() else ""


def unit_html(unit: str) -> SafeString:
    """A unit as figures are printed in it, with what it is called in English."""
    beside = _beside(gloss_of_unit(unit)) if is_english() else ""
    return mark_safe(f"{text_html()(unit)}{beside}")


def _beside(said: str) -> str:
    return f' <span class="gloss">{marked(escape(said))}</span>' if said else ""


def in_words(value: Figure | Growth | Period | None) -> str:
    """The same as text, for titles, feeds and citations, where nothing can stand beside the print.

    A period is told in the language at hand alone: a calendar's days are the same in both.
    """
    said = gloss(value) if value and is_english() else ""
    if not said:
        return str(value or "")
    return said if isinstance(value, Period) else f"{value} ({said})"


def label_in_words(row) -> str:
    """What a row is called, with what its label's figures and periods say in the language at hand."""
    if not is_english():
        return str(row)
    parts = (value_at(row, path) for path in row.label_paths)
    return row.label(*(in_words(part) if isinstance(part, PRINTED) else part for part in parts))


def proved_html(html: str, address: str) -> str:
    """Some HTML as a link to what proves it."""
    return f'<a class="proved" href="{address}">{html}</a>' if address else html


@singledispatch
def _printed(value) -> str:
    raise TypeError(f"{type(value).__name__} is no published value")


@_printed.register
def _figure(value: Figure) -> str:
    return _data(value, f"figure figure-{value.bound}")


@_printed.register
def _growth(value: Growth) -> str:
    way = "" if not value.value else " growth-up" if value.value > 0 else " growth-down"
    return _data(value, f"figure figure-{value.bound} growth{way}")


@_printed.register
def _period(value: Period) -> str:
    return f'<time{lang_of(value.printed)} title="{escape(describe(value))}">{escape(value.printed)}</time>'


def _data(value: Figure | Growth, classes: str) -> str:
    number = "" if value.value is None else f"{value.value:f}"
    lang, title = lang_of(value.printed), escape(describe(value))
    return f'<data{lang} class="{classes}" value="{number}" title="{title}">{escape(value.printed)}</data>'

"""The rows of a staff list as HTML: each can be chosen, and leads to its page and from there back to the list."""

import re
from urllib.parse import urlencode

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from fengtai.admin.listing.staff_lists import StaffQuestion
from fengtai.caching.reading import reading
from fengtai.caching.store import remembered
from fengtai.pages.row_html import row_printer

OWN_PAGE = re.compile(r'(<a href="[^"?]+)(")')
BACK = "_changelist_filters"  # where the admin's forms keep what the list was asked


def staff_rows(question: StaffQuestion, keys, *, chosen_from: bool) -> SafeString:
    """Made once for each write: what they hold does not depend on who of the staff looks."""
    asked = (question.table.kept_as(), get_language(), question.params.urlencode(), keys, chosen_from)
    with reading(question.reading):
        return remembered(f"staff rows:{asked}", lambda: _made(question, keys, chosen_from))


def _made(question: StaffQuestion, keys, chosen_from: bool) -> SafeString:
    printer = row_printer(question.table, question.columns, get_language())
    pattern = printer.pattern_of(range(len(question.columns))).removeprefix("<tr>")
    asked = question.address().removeprefix("?")
    back = f"?{urlencode({BACK: asked})}" if asked else ""
    made = []
    for key, cells in printer.rows(keys, question.filterset.looked_for):
        box = _box(key, cells[0]) if chosen_from else ""
        if back:
            cells[0] = OWN_PAGE.sub(rf"\1{back}\2", cells[0], count=1)
        made.append(f"<tr>{box}{pattern % tuple(cells)}")
    return mark_safe("".join(made))


def _box(key: int, name: str) -> str:
    label = gettext("Choose %(name)s") % {"name": strip_tags(name)}
    box = f'<input type="checkbox" class="action-select" name="{ACTION_CHECKBOX_NAME}" value="{key}"'
    return f'<td class="action-checkbox">{box} aria-label="{label}"></td>'

"""Rows as a workbook, with a second sheet of notes (说明) that tells what it holds."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.downloads.sheet_rows import sheet_batches, sheet_headings, sheet_kinds
from fengtai.downloads.workbook_stream import stream_workbook
from fengtai.lists.addresses import site_root
from fengtai.lists.questions import Question
from fengtai.records.links import NOT_STATED

INVENTED = "示例数据"  # in every language

INVENTED = "示例数据"  # in every language


def xlsx(request, page, question: Question) -> Iterator[bytes]:
    def notes(count: int):
        return _("Notes"), about(request, page, question, count)

    headings, kinds = (told(page.table, question.columns) for told in (sheet_headings, sheet_kinds))
    batches = sheet_batches(page, question, site_root(request))
    return stream_workbook(page.title, headings, kinds, batches, notes)


def about(request, page, question: Question, count: int) -> list[tuple[str, str]]:
    """The second sheet: where the file comes from and what it holds."""
    filters = "；".join(f"{chip.label}：{chip.value}" for chip in question.chips()) or _("none")
    invented = [(INVENTED, _("All rows are invented."))] if settings.DEMO else []
    lines = [
        *invented,
        (_("List"), page.title),
        *page.notes,
        (_("Address"), f"{site_root(request)}{request.path}{question.address().removesuffix('?')}"),
        (_("Publisher of the site"), settings.SITE_PUBLISHER or str(NOT_STATED)),
        (_("Licence"), settings.SITE_LICENCE or str(NOT_STATED)),
        (_("Filters"), filters),
        *([(_("Holds"), question.told)] if question.told else []),
        (_("Rows"), str(count)),
        (_("Retrieved"), timezone.localtime().strftime("%Y-%m-%d %H:%M:%S %Z")),
        (
            _("Note"),
            _("Empty cells are not stated by the source. Inexact figures (about, more than …) must not be added."),
        ),
    ]
    sources = page.table.sources_of(question.rows)
    return [*lines, *((_("Source"), f"{source} {source.publisher} {source.published}".strip()) for source in sources)]

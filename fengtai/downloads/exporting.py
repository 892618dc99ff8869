"""A list's filtered rows as a file: .xlsx, .csv, .json and .jsonl, streamed from the columns of the page."""

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import ngettext

from fengtai.downloads import csv_files, json_files, workbook_files
from fengtai.downloads.breaking_off import told_if_broken_off
from fengtai.downloads.turns import HeldStream, Turn
from fengtai.lists.questions import Question

INVENTED = "示例_"  # in every language


def file_name(page, question: Question, extension: str) -> str:
    """发展伙伴名录_2024-04-23_583条.xlsx: what, when, how many. Of invented rows it says so first."""
    today = timezone.localdate().isoformat()
    invented = INVENTED if settings.DEMO else ""
    named = ngettext(
        "%(title)s_%(date)s_%(count)s_row.%(extension)s",
        "%(title)s_%(date)s_%(count)s_rows.%(extension)s",
        question.count,
    )
    return invented + named % {
        "title": "_".join(filter(None, (page.file_title, question.filterset.told_in_names))),
        "date": today,
        "count": question.count_label,
        "extension": extension,
    }


def download(request, page, question: Question, turn: Turn | None = None) -> StreamingHttpResponse:
    """The file as it is written, holding its turn until then. Who asks for the head alone reads no row."""
    write, content_type = FORMATS[question.format]
    chunks = iter(())
    if request.method == "GET":
        chunks = told_if_broken_off(write(request, page, question), LAST_WORDS.get(question.format))
    response = StreamingHttpResponse(HeldStream(chunks, turn) if turn else chunks, content_type=content_type)
    name = file_name(page, question, question.format)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


FORMATS = {
    "xlsx": (workbook_files.xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (csv_files.csv_text, "text/csv; charset=utf-8"),
    "json": (json_files.json_text, "application/json; charset=utf-8"),
    "jsonl": (json_files.json_lines, "application/jsonl; charset=utf-8"),
}
# What breaks off in the middle is no workbook and no JSON; of lines each stands by itself, and one has to say so.
LAST_WORDS = {"csv": csv_files.broken_off, "jsonl": json_files.broken_off}
JSON_FORMATS = ("json", "jsonl")  # whoever asks for these reads JSON where a file cannot be given, too

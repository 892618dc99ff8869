"""The answer while the database is lost or the disk is full: a page that needs neither, and says when to ask again.

No page that is kept is served without the database: its triggers tell which are still true, and a figure that was
withdrawn a minute ago must not come back because something failed.
"""

import errno
import logging
import sqlite3
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import override

RETRY_AFTER = 10  # seconds; the site tries again by itself with each request
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# SQLite calls faults of a statement "operational" as well; these are faults of the file or of who holds it.
OF_THE_FILE = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN),
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM),
}
READS_JSON = ("json", "jsonl")
LANGUAGES = ("zh-hans", "en")
HEADING = N_("The platform cannot be reached at the moment")
REASON = N_(
    "The platform cannot reach its data at the moment; please try again shortly. If you sent something, see whether "
    "it was kept before you send it again."
)
FAULT = N_("Something went wrong here")
OURS = N_("The fault is ours and has been recorded. Please try again in a few minutes.")
BARE = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>{}</title></head>
<body>{}<p><code>{}</code></p></body></html>
"""
told = logging.getLogger(__name__)


class DatabaseLost:
    """Answers for a page that lost the database on its way."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return unavailable(request, exception) if is_lost(exception) else None


def error_page(request):
    """For what fails outside of a page, as in sessions; any other fault is one of ours."""
    exception = sys.exc_info()[1]
    return unavailable(request, exception) if is_lost(exception) else _fault(request)


def is_lost(exception: BaseException | None) -> bool:
    """Whether the site has no database, or no room to write, rather than a fault."""
    while exception is not None:
        if isinstance(exception, OSError) and exception.errno in NO_ROOM:
            return True
        if isinstance(exception, (OperationalError, InterfaceError)) and _is_of_the_database(exception.__cause__):
            return True
        exception = exception.__cause__
    return False


def _is_of_the_database(cause: BaseException | None) -> bool:
    if not isinstance(cause, sqlite3.Error):
        return True
    # What the file is to blame for has an extended code whose lowest byte is the plain one.
    return getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in OF_THE_FILE


def unavailable(request, exception: BaseException) -> HttpResponse:
    """503 in both languages, or as JSON for who asked for that; the log has the reason, once per request."""
    told.warning("Not answered: %s %s: %s", request.method, request.path, exception)
    response = _json(request) if _reads_json(request) else _page(request)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def _reads_json(request) -> bool:
    asked = request.META.get("QUERY_STRING", "")
    return (
        any(f"format={name}" in asked.split("&") for name in READS_JSON)
        or "/api/" in request.path
        or "json" in request.META.get("HTTP_ACCEPT", "").partition(",")[0]
    )


def _fault(request) -> HttpResponse:
    """A fault of ours. Nothing but the number is told to the template: what made the context may be what failed."""
    response = _shown(request, "500.html", {"request_id": _number(request)}, FAULT, OURS, 500)
    response["Cache-Control"] = "no-store"
    return response


def _json(request) -> HttpResponse:
    reasons = {told["language"]: told["reason"] for told in _in_both_languages(HEADING, REASON)}
    content = {"error": "unavailable", "reasons": reasons, "retry_after": RETRY_AFTER, "request": _number(request)}
    return JsonResponse(content, status=503, json_dumps_params={"ensure_ascii": False})


def _page(request) -> HttpResponse:
    context = {"languages": _in_both_languages(HEADING, REASON), "number": _number(request)}
    return _shown(request, "503.html", context, HEADING, REASON, 503)


def _shown(request, template: str, context: dict, heading: str, reason: str, status: int) -> HttpResponse:
    """Behind this page there is no other: where it fails too, as where static files were not collected yet, it is said
    in words alone."""
    try:
        page = render_to_string(template, context)
    except Exception:  # whatever it was, somebody waits for an answer
        told.exception("The page of an error cannot be made either: %s", template)
        page = _bare(request, heading, reason)
    return HttpResponse(page, status=status)


def _bare(request, heading: str, reason: str) -> str:
    """A page that needs neither files, database nor cache."""
    said = _in_both_languages(heading, reason)
    parts = format_html_join("", '<div lang="{language}"><h1>{heading}</h1><p>{reason}</p></div>', said)
    return format_html(BARE, " · ".join(one["heading"] for one in said), parts, _number(request))


def _in_both_languages(heading: str, reason: str) -> list[dict]:
    """Nobody knows which one is read: an address that was not resolved tells no language."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append({"language": language, "heading": _(heading), "reason": _(reason)})
    return said


def _number(request) -> str:
    """By which the log names this request."""
    return getattr(request, "id", "")

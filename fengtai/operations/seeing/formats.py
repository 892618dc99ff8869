"""How lines of the log are written: plain for a person at a terminal, JSON for a program; both with the request's id.

What somebody typed must not come into the log by an exception that quotes it. Of a fault of the database only the
first line is told, since the others quote the row; what reads as a telephone number or an e-mail address is hidden.
"""

import logging
import re
import traceback

from django.db import Error as DatabaseFault
from django.http import HttpRequest
from pythonjsonlogger.json import JsonFormatter

from fengtai.operations.seeing.costs import now_spending, view_of
from fengtai.operations.seeing.lines import path_of
from fengtai.values.masking import masked_within

CONTROLS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
SECRETS = re.compile(r"(?i)(password|passwd|secret\w*|token|cookie|sessionid|authorization)(['\"]?\s*[=:]\s*)[^\s,;&]+")
LONGEST = 500  # characters of what an exception says
STARTS_WITH_ROW = re.compile(r"\b(?:DETAIL|CONTEXT|HINT):.*", re.DOTALL)
# Of a record these would repeat what was sent; the rest is what the code names in `extra`.
NEVER = ("request", "args", "status_code", "taskName", "color_message")


class Told:
    """For formatters: exceptions without what they quote."""

    def formatException(self, ei) -> str:
        return told_fault(ei[1])


class PlainFormatter(Told, logging.Formatter):
    """One line for each record, but for tracebacks: no value can begin a line of its own."""

    def formatMessage(self, record) -> str:
        request = request_of(record)
        about = f"[{request.id}] " if request is not None else ""
        text = f"{record.levelname} {record.name}: {about}{CONTROLS.sub(' ', message_of(record))}"
        own = {name: value for name, value in vars(record).items() if name in SHOWN}
        return " ".join([text, *(f"{name}={CONTROLS.sub(' ', str(value))}" for name, value in own.items())])


class JsonLines(Told, JsonFormatter):
    """One JSON object a line."""

    def __init__(self):
        super().__init__(
            ["levelname", "name", "message"],
            rename_fields={"levelname": "level", "name": "logger"},
            reserved_attrs=[*vars(logging.makeLogRecord({})), *NEVER],
            json_ensure_ascii=False,
            timestamp="time",
        )

    def add_fields(self, log_data, record, message_dict) -> None:
        super().add_fields(log_data, record, message_dict)
        log_data["message"] = message_of(record)
        request = request_of(record)
        if request is not None:
            log_data["request_id"] = request.id
            if record.exc_info:
                log_data |= {"path": path_of(request), "view": view_of(request)}


SHOWN = (
    *("method", "path", "status", "ms", "queries", "query_ms", "view", "address", "asked", "kept", "user"),
    *("broken_off", "sql"),
)


def request_of(record: logging.LogRecord) -> HttpRequest | None:
    """The one that is answered now; of a refusal the framework tells when its answer has left our frame."""
    spent = now_spending.get()
    request = spent.request if spent is not None else getattr(record, "request", None)
    return request if hasattr(request, "id") else None


def message_of(record: logging.LogRecord) -> str:
    """The framework's own messages name the address that was asked, with the words that stand in it."""
    text, request = record.getMessage(), getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        for path in (request.path, request.path.encode("unicode_escape").decode("ascii")):  # it tells them escaped
            text = text.replace(path, path_of(request))
    return masked(text)


def masked(text: str) -> str:
    """And writable whatever somebody sent: half a character would break the line, and tell of it at length."""
    return SECRETS.sub(r"\1\2***", masked_within(text.encode("utf-8", "replace").decode()))


def told_fault(fault: BaseException) -> str:
    """Where it happened, line by line, and what it says, as far as that quotes nobody's row."""
    lines = []
    for one in reversed([*_chain(fault)]):
        said = str(one)
        if isinstance(one, DatabaseFault) or type(one).__module__.startswith(("psycopg", "sqlite3")):
            said = STARTS_WITH_ROW.sub("", said).partition("\n")[0]
        lines += traceback.format_tb(one.__traceback__)
        lines.append(f"{type(one).__qualname__}: {masked(CONTROLS.sub(' ', said))[:LONGEST]}\n")
    return "".join(lines).rstrip()


def _chain(fault: BaseException):
    """The fault and those that it came of, each once."""
    seen = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)

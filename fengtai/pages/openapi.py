"""The lists described for programs: an OpenAPI 3.1 document made from the same tables and filters as the lists."""

from functools import cache, singledispatch

import django_filters
from django.http import JsonResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from fengtai.downloads.exporting import FORMATS
from fengtai.downloads.row_schemas import COMPONENTS, property_schema
from fengtai.lists.choices import UNSTATED, RecordFilter
from fengtai.lists.filters import LONGEST, PeriodFilter
from fengtai.lists.paging import LONGEST_CURSOR
from fengtai.lists.questions import CONTROLS, CURSORS, PAGE_SIZES
from fengtai.lists.site import ListPage, site_lists

VERSION = "1"  # of what the lists answer: raised when a key goes or changes its meaning
TEXT = {"type": "string", "maxLength": LONGEST}
CURSOR = {"type": "string", "maxLength": LONGEST_CURSOR}
LARGEST_KEY = 2**63 - 1
CONTROL_NOTES = {
    "sort": _("The column to sort by; a leading minus turns the order round."),
    "format": _("The form of the answer; without it, the page for people. A file holds the rows of all pages."),
    "page": _("The number of a page; files have none."),
    "per_page": _("Rows of a page; files hold all."),
    "after": _("The row after which a page begins, as the link to the next page names it."),
    "before": _("The row before which a page ends, as the link to the previous page names it."),
}


@require_safe
def description(request):
    return JsonResponse(document(get_language()), json_dumps_params={"ensure_ascii": False})


@cache
def document(language: str) -> dict:
    """The whole description in the language at hand; it depends on no row."""
    info = {
        "title": gettext("Fengtai partner platform"),
        "version": VERSION,
        "description": gettext(
            "Every list answers at its own address: as a page, and with `format` as a file of the same filtered rows."
            " What no source states is null. Figures stand as printed, with their number, unit and exactness."
        ),
    }
    lists = site_lists()
    schemas = {page.name: _row(page) for page in lists}
    return {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": "/"}],
        "paths": {page.address: {"get": _operation(page)} for page in lists},
        "components": {"schemas": {**COMPONENTS, **schemas}},
    }


def _operation(page: ListPage) -> dict:
    return {
        "operationId": page.name,
        "summary": page.title,
        "description": page.intro,
        "parameters": [*_filters(page), *_controls(page)],
        "responses": {"200": _answer(page), "400": _refusal(), "429": _busy()},
    }


def _filters(page: ListPage) -> list[dict]:
    return [
        _parameter(name, str(question.label), filter_schema(question))
        for name, question in page.filterset.declared().items()
    ]


def _controls(page: ListPage) -> list[dict]:
    sortable = page.table.sortable()
    schemas = {
        "sort": {"type": "string", "enum": [*sortable, *(f"-{name}" for name in sortable)]},
        "format": {"type": "string", "enum": list(FORMATS)},
        "page": {"type": "integer", "minimum": 1, "maximum": 10**9 - 1},
        "per_page": {"type": "integer", "enum": list(PAGE_SIZES)},
        **dict.fromkeys(CURSORS, CURSOR),
    }
    return [_parameter(name, str(CONTROL_NOTES[name]), schemas[name]) for name in CONTROLS]


def _parameter(name: str, note: str, schema: dict) -> dict:
    return {"name": name, "in": "query", "required": False, "description": note, "schema": schema}


@singledispatch
def filter_schema(question) -> dict:
    """What may be asked; `question` is a filter of a list."""
    return TEXT


@filter_schema.register
def _choice(question: django_filters.ChoiceFilter) -> dict:
    codes = [str(code) for code, _label in question.extra["choices"]]
    return {"type": "string", "enum": [*codes, *_unstated(question)]}


@filter_schema.register
def _record(question: RecordFilter) -> dict:
    if "to_field_name" in question.extra:
        return TEXT
    key = {"type": "integer", "minimum": 1, "maximum": LARGEST_KEY}
    return {"anyOf": [key, {"const": UNSTATED}]} if _unstated(question) else key


@filter_schema.register
def _number(question: django_filters.NumberFilter) -> dict:
    return {"type": "number"}


@filter_schema.register
def _date(question: django_filters.DateFilter) -> dict:
    return {"type": "string", "format": "date"}


@filter_schema.register
def _period(question: PeriodFilter) -> dict:
    return {**TEXT, "examples": ["2023", "2024年上半年", "2024-04-23"]}


def _unstated(question) -> list[str]:
    return [UNSTATED] if question.extra.get("null_label") else []


def _row(page: ListPage) -> dict:
    columns = page.table.declared()
    properties = {name: _titled(page, name, column) for name, column in columns.items()}
    key = {"type": "integer", "title": gettext("identifier")}
    return {"type": "object", "required": ["id", *columns], "properties": {"id": key, **properties}}


def _titled(page: ListPage, name: str, column) -> dict:
    return {"title": page.table.label(name), **property_schema(column, page.table.model(), name)}


def _answer(page: ListPage) -> dict:
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{page.name}"}}
    names = {"list": {"const": page.name}, "address": {"type": "string"}, "filters": {"type": "object"}}
    names |= {"retrieved": {"type": "string", "format": "date-time"}, "count": {"type": "integer"}, "rows": rows}
    content = {_media(name): {"schema": {"type": "string"}} for name in FORMATS}
    content[_media("json")] = {"schema": {"type": "object", "required": list(names), "properties": names}}
    return {"description": page.title, "content": {**content, "text/html": {"schema": {"type": "string"}}}}


def _refusal() -> dict:
    content = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Errors"}},
        "text/plain": {"schema": {"type": "string"}},
    }
    return {
        "description": gettext("What was wrong, by parameter; never rows that were not asked for."),
        "content": content,
    }


def _busy() -> dict:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Errors"}}}
    return {
        "description": gettext("Too many large files at a time by one reader."),
        "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": gettext("Seconds to wait.")}},
        "content": {**content, "text/html": {"schema": {"type": "string"}}},
    }


def _media(name: str) -> str:
    return FORMATS[name][1].partition(";")[0]

"""The lists described for programs: an OpenAPI 3.1 document made from the same tables and filters as the lists."""

from functools import cache

from django.http import JsonResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from fengtai.downloads.exporting import FORMATS
from fengtai.lists.site import ListPage, site_lists
from fengtai.pages.openapi_schemas import COMPONENTS, parameters, row_schema

VERSION = "1"  # of what the lists answer: raised when a key goes or changes its meaning
ERRORS = {"schema": {"$ref": "#/components/schemas/Errors"}}
STRING = {"schema": {"type": "string"}}


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
    schemas = {page.name: row_schema(page) for page in lists}
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
        "parameters": parameters(page),
        "responses": {"200": _answer(page), "400": _refusal(), "429": _busy()},
    }


def _answer(page: ListPage) -> dict:
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{page.name}"}}
    names = {"list": {"const": page.name}, "address": {"type": "string"}, "filters": {"type": "object"}}
    names |= {"retrieved": {"type": "string", "format": "date-time"}, "count": {"type": "integer"}, "rows": rows}
    content = {_media(name): STRING for name in FORMATS}
    content[_media("json")] = {"schema": {"type": "object", "required": list(names), "properties": names}}
    return {"description": page.title, "content": {**content, "text/html": STRING}}


def _refusal() -> dict:
    said = gettext("What was wrong, by parameter; never rows that were not asked for.")
    return {"description": said, "content": {"application/json": ERRORS, "text/plain": STRING}}


def _busy() -> dict:
    return {
        "description": gettext("Too many large files at a time by one reader."),
        "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": gettext("Seconds to wait.")}},
        "content": {"application/json": ERRORS, "text/html": STRING},
    }


def _media(name: str) -> str:
    return FORMATS[name][1].partition(";")[0]

"""The lists described for programs: an OpenAPI 3.1 document made from the same tables and filters as the lists."""

from functools import cache

from django.conf import settings
from django.http import JsonResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from fengtai.downloads.exporting import FORMATS
from fengtai.lists.addresses import site_root
from fengtai.lists.site import ListPage, site_lists
from fengtai.pages.cors import public_data
from fengtai.pages.openapi_answers import ERRORS, STRING, described, list_answer
from fengtai.pages.openapi_records import record_operation, record_path, record_schemas
from fengtai.pages.openapi_schemas import COMPONENTS, parameters, row_schema

VERSION = "2"  # of what the lists answer: raised when a key goes or changes its meaning


@require_safe
@public_data
def description(request):
    answer = {**document(get_language()), "servers": [{"url": f"{site_root(request)}/"}]}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@cache
def document(language: str) -> dict:
    """The whole description in the language at hand but for where the site stands; it depends on no row."""
    info = {
        "title": gettext("Fengtai partner platform"),
        "version": VERSION,
        "description": gettext(
            "Every list answers at its own address: as a page, and with `format` as a file of the same filtered rows."
            " What no source states is `null`. Figures stand as printed, with their number, unit and exactness."
        ),
    }
    if settings.SITE_LICENCE:
        info["license"] = {"name": settings.SITE_LICENCE}
    if settings.SITE_PUBLISHER:
        info["contact"] = {"name": settings.SITE_PUBLISHER}
    lists = site_lists()
    rows = {f"{page.name}-row": row_schema(page) for page in lists}
    answers = {f"{page.name}-answer": list_answer(page) for page in lists}
    paths = {page.address: {"get": _operation(page)} for page in lists}
    paths |= {record_path(page): {"get": record_operation(page)} for page in lists if page.detail}
    return {
        "openapi": "3.1.0",
        "info": info,
        "paths": paths,
        "components": {"schemas": {**COMPONENTS, **rows, **answers, **record_schemas(lists)}},
    }


def _operation(page: ListPage) -> dict:
    return {
        "operationId": page.name,
        "tags": [page.name],
        "summary": page.title,
        "description": page.intro,
        "parameters": parameters(page),
        "responses": {"200": _answer(page), "400": _refusal(), "429": _busy()},
    }


def _answer(page: ListPage) -> dict:
    """JSON first: what generated clients read."""
    content = {_media("json"): described(f"{page.name}-answer")}
    content |= {_media(name): STRING for name in FORMATS if name != "json"}
    return {"description": page.title, "content": {**content, "text/html": STRING}}


def _refusal() -> dict:
    said = gettext("What was wrong, by parameter; never rows that were not asked for.")
    return {"description": said, "content": {"application/json": ERRORS, "text/plain": STRING, "text/html": STRING}}


def _busy() -> dict:
    return {
        "description": gettext("Too many large files at a time by one reader."),
        "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": gettext("Seconds to wait.")}},
        "content": {"application/json": ERRORS, "text/html": STRING},
    }


def _media(name: str) -> str:
    return FORMATS[name][1].partition(";")[0]

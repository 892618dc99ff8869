"""The pages for those who load the data: every list with its files and columns, and the API in words."""

from django.conf import settings
from django.http import QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fengtai.downloads.exporting import FORMATS
from fengtai.lists.addresses import site_root
from fengtai.lists.site import page_of, site_lists
from fengtai.pages.open_data.dictionary import dictionary, exactness
from fengtai.pages.openapi import document


@require_safe
def data(request):
    lists = [
        {
            "page": page,
            "count": page.ask(QueryDict()).count_label,
            "columns": dictionary(page, get_language()),
        }
        for page in site_lists()
    ]
    context = {
        "lists": lists,
        "formats": list(FORMATS),
        "exactness": exactness(),
        "publisher": settings.SITE_PUBLISHER,
        "licence": settings.SITE_LICENCE,
        "licence_address": settings.SITE_LICENCE if settings.SITE_LICENCE.startswith("https://") else "",
        "example": f"{site_root(request)}{site_lists()[0].address}",
    }
    return render(request, "open_data/data.html", context)


@require_safe
def api(request):
    """The description for programs, as a page."""
    described = document(get_language())
    lists = {one["get"]["operationId"]: (path, one["get"]) for path, one in described["paths"].items()}
    told = [
        {
            "name": name,
            "path": path,
            "operation": operation,
            "record": lists.get(f"{name}-record"),
            "columns": _columns(described, name),
            "address": page_of(name).address,
        }
        for name, (path, operation) in lists.items()
        if page_of(name)
    ]
    parts = {name: schema for name, schema in described["components"]["schemas"].items() if name[0].isupper()}
    context = {"info": described["info"], "lists": told, "parts": _parts(parts), "root": site_root(request)}
    return render(request, "open_data/api.html", context)


def _columns(described: dict, name: str) -> list[tuple[str, str, str]]:
    """Of each key of a row its heading and what JSON holds there."""
    properties = described["components"]["schemas"][f"{name}-row"]["properties"]
    return [(key, schema.get("title", ""), _kind(schema)) for key, schema in properties.items()]


def _parts(schemas: dict) -> list[tuple[str, list[tuple[str, str]]]]:
    """The objects that several lists share, with what each key holds."""
    return [
        (name, [(key, _kind(schema)) for key, schema in schema["properties"].items()])
        for name, schema in schemas.items()
    ]


def _kind(schema: dict) -> str:
    """A JSON schema in a few words of its own language: "string or null", "Figure or null", "array of Citation"."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(map(_kind, schema["anyOf"]))
    if "enum" in schema:
        return " | ".join("null" if code is None else str(code) for code in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"array of {_kind(schema['items'])}"
    found = schema.get("type", "")
    return " | ".join(found) if isinstance(found, list) else found

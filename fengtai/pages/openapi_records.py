"""What the API description says of single records, each at its own address."""

from collections.abc import Iterable

from django.urls import get_resolver, get_script_prefix
from django.urls.converters import IntConverter
from django.utils.translation import gettext

from fengtai.lists.site import ListPage
from fengtai.pages.openapi_answers import ERRORS, STRING, TERMS, described, whole
from fengtai.pages.openapi_schemas import LARGEST_KEY


def record_path(page: ListPage) -> str:
    """The path of a list's records in the language at hand: /observations/{pk}/."""
    path, names, _converters = _pattern(page)
    return get_script_prefix() + path % {name: f"{{{name}}}" for name in names}


def _pattern(page: ListPage) -> tuple:
    """As the site map has it: the path, the names in it, and what may stand for each."""
    [(path, names)], _regex, _defaults, converters = get_resolver().reverse_dict.getlist(f"{page.name}-detail")[0]
    return path, names, converters


def record_operation(page: ListPage) -> dict:
    said = gettext("The record as its list reads it, with its revisions and the lists that are linked to it.")
    gone = gettext("The record was withdrawn; `withdrawn` says since when.")
    led = gettext("The record that replaced it or into which it was merged.")
    return {
        "operationId": f"{page.name}-record",
        "tags": [page.name],
        "summary": gettext("One record: %(list)s") % {"list": page.title},
        "parameters": _parameters(page),
        "responses": {
            "200": {"description": said, "content": _content(described(f"{page.name}-record"))},
            "301": {"description": led},
            "302": {"description": led},
            "400": {"description": gettext("What was wrong, by parameter."), "content": _content(ERRORS)},
            "404": {"description": gettext("There is no such record."), "content": _content(ERRORS)},
            "410": {"description": gone, "content": _content(described("Withdrawn"))},
        },
    }


def _parameters(page: ListPage) -> list[dict]:
    _path, names, converters = _pattern(page)
    keys = [{"name": name, "in": "path", "required": True, "schema": _key(converters.get(name))} for name in names]
    told = gettext("The form of the answer; without it, the page for people.")
    form = {"type": "string", "enum": ["json"]}
    return [*keys, {"name": "format", "in": "query", "required": False, "description": told, "schema": form}]


def _key(converter) -> dict:
    if isinstance(converter, IntConverter):
        return {"type": "integer", "minimum": 1, "maximum": LARGEST_KEY}
    return {"type": "string", "pattern": f"^{converter.regex}$"}


def _content(answer: dict) -> dict:
    return {"application/json": answer, "text/html": STRING}


def record_schemas(lists: Iterable[ListPage]) -> dict[str, dict]:
    """Of each list what a record's address answers, and the parts that all of them share."""
    text = {"type": "string"}
    change, errors = whole(label=text, old=text, new=text), {"type": "object", "additionalProperties": text}
    shared = {
        "Revision": whole(at={"type": "string", "format": "date-time"}, changes={"type": "array", "items": change}),
        "LinkedList": whole(list=text, title=text, address=text),
        "Withdrawn": whole(errors=errors, withdrawn={**text, "format": "date"}),
    }
    return shared | {f"{page.name}-record": _record(page) for page in lists if page.detail}


def _record(page: ListPage) -> dict:
    return whole(
        list={"const": page.name},
        address={"type": "string"},
        title={"type": "string"},
        **TERMS,
        record=described(f"{page.name}-row")["schema"],
        revisions={"type": "array", "items": described("Revision")["schema"]},
        linked={"type": "array", "items": described("LinkedList")["schema"]},
    )

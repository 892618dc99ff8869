"""Pages told to search engines in the words of schema.org, as data blocks of the page."""

import json

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fengtai.downloads.exporting import FORMATS
from fengtai.downloads.json_files import row_object
from fengtai.pages.sharing.context import HREFLANGS

CONTEXT = "https://schema.org"
# A block ends at the first "</script", whatever quotes stand around it.
UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def data_block(*things: dict) -> SafeString:
    """What no browser runs, so that no policy need allow it."""
    graph = {"@context": CONTEXT, "@graph": [thing for thing in things if thing]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def site_thing(root: str, home: str, search: str) -> dict:
    """The site itself, and how its search is asked."""
    action = {"@type": "SearchAction", "target": f"{root}{search}?q={{words}}", "query-input": "required name=words"}
    return {
        "@type": "WebSite",
        "name": _("Fengtai partner platform"),
        "url": f"{root}{home}",
        "inLanguage": _language(),
        "potentialAction": action,
        **_terms(licensed=False),
    }


def dataset(page, root: str) -> dict:
    """A list with its files."""
    return {
        "@type": "Dataset",
        "@id": f"{root}{page.address}",
        "url": f"{root}{page.address}",
        "name": capfirst(page.title),
        "description": page.intro,
        "inLanguage": _language(),
        "isAccessibleForFree": True,
        **_terms(),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media.partition(";")[0],
                "contentUrl": f"{root}{page.address}?format={name}",
            }
            for name, (_write, media) in FORMATS.items()
        ],
    }


def catalogue(lists, root: str, address: str) -> dict:
    """All lists together."""
    return {
        "@type": "DataCatalog",
        "url": f"{root}{address}",
        "name": _("Fengtai partner platform"),
        **_terms(),
        "dataset": [dataset(page, root) for page in lists],
    }


def thing(page, record, root: str) -> dict:
    """The record, where schema.org has a word for what its list holds."""
    if not page.table.thing:
        return {}
    row = row_object(page, record.pk, root) or {}
    says = {name: _said(name, row.get(column)) for name, column in page.table.thing_says.items()}
    told = {name: value for name, value in says.items() if value}
    url = f"{root}{record.get_absolute_url()}"
    return {"@type": page.table.thing, "@id": url, "name": str(record), "mainEntityOfPage": url, **told}


def _said(name: str, value):
    """A value of the list's JSON; of a period the end that is asked for."""
    if isinstance(value, dict) and "start" in value:
        return value["end"] if name.startswith("end") else value["start"]
    return value


def crumbs(root: str, *steps: tuple[str, str]) -> dict:
    """The way to a page: names and paths."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": f"{root}{path}"}
        for number, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _terms(*, licensed: bool = True) -> dict:
    found = {}
    if settings.SITE_PUBLISHER:
        found["publisher"] = {"@type": "Organization", "name": settings.SITE_PUBLISHER}
    if settings.SITE_LICENCE and licensed:
        found["license"] = settings.SITE_LICENCE
    return found


def _language() -> str:
    return HREFLANGS[get_language()]

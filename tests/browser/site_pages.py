"""The kinds of pages that the site has, read from its map: whatever is added to it is looked at by itself."""

import json
import re
import urllib.request
from urllib.error import HTTPError

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils import translation

from fengtai.lists.site import site_lists

LANGUAGES = ("zh-hans", "en")
STAFF = "admin"
# Beside what the map names: nothing found, something found, mistakes, and what is not there.
QUESTIONS = (
    "search/?q=示例轨道",
    "search/?q=查无此词",
    "partners/?nonsense=1",
    "partners/?level=chain-leader",
    "nowhere/",
)
# Where most people come first: addresses, and lists of which a record is meant.
FIRST_SEEN = ("/", "/partners/", "/observations/", "/search/?q=示例轨道", "rosters", "conferences")
LISTS = tuple(page.name for page in site_lists())
DETAILS = tuple(page.name for page in site_lists() if page.detail)


def plain_pages() -> tuple[str, ...]:
    """The names of addresses without arguments that are no lists and not for staff alone."""
    found = _names(get_resolver().url_patterns)
    return tuple(name for name in dict.fromkeys(found) if name not in LISTS)


def _names(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from () if pattern.namespace else _names(pattern.url_patterns)
        elif pattern.name and not str(pattern.pattern).startswith(f"{STAFF}/") and _address(pattern.name):
            yield pattern.name


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def address_of(name: str, language: str) -> str:
    with translation.override(language):
        return reverse(name)


def home(language: str) -> str:
    return "/en/" if language == "en" else "/"


def record_of(site, name: str, language: str) -> str:
    """The address of the first record that a list leads to."""
    listed = address_of(name, language)
    body, _headers = fetch(site.address + listed)
    table = body.partition("<tbody")[2]
    found = re.search(rf'href="({re.escape(listed)}[^"?#/]+/)', table)
    assert found, f"{listed} leads to none of its records"
    return found[1]


def path_of(site, page: str) -> str:
    """The address of one of `FIRST_SEEN`."""
    return page if page.startswith("/") else record_of(site, page, "zh-hans")


def fetch(address: str) -> tuple[str, dict]:
    """What an answer says, whatever its status, and its headers, in small letters, with the status among them."""
    try:
        answer = urllib.request.urlopen(address, timeout=60)
    except HTTPError as error:
        answer = error
    with answer:
        return answer.read().decode("utf-8", "replace"), {
            **{name.lower(): value for name, value in answer.headers.items()},
            "status": answer.status,
        }


def withdrawn(site) -> str:
    """The address of a record that was public once."""
    rows = json.loads(fetch(f"{site.address}/organisations/?format=json")[0])["rows"]
    known = {row["id"] for row in rows}
    gaps = (key for key in range(1, max(known)) if key not in known)
    return next(
        path for path in map("/organisations/{}/".format, gaps) if fetch(site.address + path)[1]["status"] == 410
    )

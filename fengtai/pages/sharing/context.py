"""For every template: where the site and the page at hand stand, in each language."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.urls import translate_url

from fengtai.lists.addresses import own_path, site_root

HREFLANGS = {"zh-hans": "zh-Hans", "en": "en"}


def site_addresses(request) -> dict:
    """Without what was asked: its own path and that of each `hreflang`; `x-default` is the first language.

    A request that names a host that is not ours is told so on a page, which then stands nowhere.
    """
    path = own_path(request)
    try:
        root = site_root(request)
    except DisallowedHost:
        root = ""
    return {"site_root": root, "own_path": path, "own_paths": translations(path)}


@lru_cache(4096)
def translations(path: str) -> list[tuple[str, str]]:
    found = [(HREFLANGS[code], translate_url(path, code)) for code, _name in settings.LANGUAGES]
    return [*found, ("x-default", found[0][1])]

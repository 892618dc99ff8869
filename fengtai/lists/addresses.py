"""Where the site and the rows of its lists stand, for whoever reads of them elsewhere: in files, feeds, site maps."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes

from fengtai.records.kept import Kept
from fengtai.records.links import public_pages, staff_pages
from fengtai.records.parts import KeptPart


def site_root(request) -> str:
    """Scheme and host: as `SITE_URL` says, else those of the request."""
    return settings.SITE_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"


def own_path(request) -> str:
    """Where a page stands, for links and forms. What was asked may begin like another host, with "//" or "/\\" to
    browsers; percent-encoded, as the framework's `get_full_path` has it, it never leads off the site."""
    return escape_leading_slashes(escape_uri_path(request.path))


def row_addresses(table, keys: Sequence[int]) -> list[str]:
    """The path of each row's own page in the language at hand; empty where it has none."""
    model = table.model()
    if table.staff:
        return [staff_pages(model).address(key) for key in keys]
    if _by_key(model):
        pages, named = public_pages(model), _names_in_addresses(model, keys)
        return [pages.address(named[key]) if key in named else "" for key in keys]
    rows = table.loaded(model._base_manager.order_by()).in_bulk(keys)
    return [rows[key].get_absolute_url() if key in rows else "" for key in keys]


def _by_key(model) -> bool:
    """Whether a row's address follows from its key or its slug alone, so that the row itself need not be read."""
    return getattr(model, "get_absolute_url", None) in (None, Kept.get_absolute_url, KeptPart.get_absolute_url)


def _names_in_addresses(model, keys: Sequence[int]) -> dict:
    """By their keys, what stands in the addresses of rows: the key, or a slug."""
    if model.addressed_by == "pk":
        return dict(zip(keys, keys, strict=True))
    return dict(model._base_manager.order_by().filter(pk__among=keys).values_list("pk", model.addressed_by))

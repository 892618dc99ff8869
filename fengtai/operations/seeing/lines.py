"""One line in the log for each request; of pages that are kept only where all are asked for.

Such a page takes less time than to write its line, and a proxy before the site has one of it, with the same number.

It says who by number and from which address, never by name; which address was asked, without what was typed into its
questions; and nothing of forms, cookies or other headers. Of the questions it names those that were asked.
"""

import logging
import re

from django.http import HttpRequest
from django.utils.functional import LazyObject

from fengtai.downloads.turns import client_address
from fengtai.operations.seeing.costs import Cost, is_kept, milliseconds, view_of
from fengtai.values.masking import masked_within

LOG = logging.getLogger("fengtai.requests")
TYPED = re.compile(r"[^\x21-\x7e]+")  # Chinese in an address is a name or a title; controls would break the line
NAMES = re.compile(r"(?:^|&)([a-z_]{1,30})=")  # of questions, as they stand in an address
LONGEST, MOST = 200, 20


def tell_request(cost: Cost, response, *, is_whole: bool = True) -> None:
    """`is_whole`: whether a streamed answer came to its end."""
    request = cost.request
    if not LOG.isEnabledFor(logging.DEBUG if is_kept(request) else logging.INFO):
        return
    told = {
        "method": request.method[:10],
        "path": path_of(request),
        "status": response.status_code,
        "ms": milliseconds(cost.seconds),
        "queries": cost.queries,
        "query_ms": milliseconds(cost.query_seconds),
        "view": view_of(request),
        "address": client_address(request)[:45],
    }
    if query := request.META.get("QUERY_STRING"):
        told["asked"] = NAMES.findall(query[:1000])[:MOST]
    if hasattr(request, "kept_view"):
        told["kept"] = is_kept(request)  # else made now
    if (user := user_of(request)) is not None:
        told["user"] = user
    if not is_whole:
        told["broken_off"] = True
    LOG.log(logging.INFO, "request", extra=told)


def path_of(request: HttpRequest) -> str:
    """The address without its question, and without words that somebody wrote."""
    return masked_within(TYPED.sub("…", request.path)[:LONGEST])


def user_of(request: HttpRequest) -> int | None:
    """The number of whoever is signed in, if the request asked for it anyway: nothing is read for the log."""
    user = request.__dict__.get("user")
    if isinstance(user, LazyObject):
        user = request.__dict__.get("_cached_user")
    return getattr(user, "pk", None)

"""A record's public page before it is public: what an anonymous reader would get if it were released now.

The page is drawn within the transaction of whoever asks, in which nothing is kept between requests
(fengtai.caching.store.generation).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, resolve
from django.utils.translation import gettext as _

from fengtai.records.models import Part, Record

# What the site's own address depends on; nothing that tells who asks.
ADDRESS = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme", "SCRIPT_NAME")


@contextmanager
def as_published(record: Record | Part) -> Iterator[None]:
    """Within it the record, or that of a part, is public as far as it depends on itself; afterwards all is as it was.

    What is held back stays so.
    """
    owner = record.owned_by if isinstance(record, Part) else record
    with transaction.atomic():
        if owner is not None:
            rows = type(owner)._base_manager.filter(pk=owner.pk)
            rows.update(state=Record.State.PUBLISHED, publish_at=None)
        try:
            yield
        finally:
            transaction.set_rollback(True)


def public_page(record: Record | Part, request: HttpRequest) -> HttpResponse:
    """The page as the public would see it, in the language at hand, with a banner that says so."""
    address = urlsplit(record.get_absolute_url()).path
    asked = _anonymous(request, address or request.path)
    if not address:
        return _kept_nowhere(_nothing(asked, _("This record has no public page of its own.")))
    asked.resolver_match = found = resolve(asked.path_info)
    try:
        response = found.func(asked, *found.args, **found.kwargs)
    except Http404:
        response = _nothing(asked, _("The public would not see this record: what it stands on is not public."))
    return _kept_nowhere(response)


def _anonymous(request: HttpRequest, path: str) -> HttpRequest:
    """The request of somebody without a cookie."""
    asked = HttpRequest()
    asked.method, asked.path = "GET", path
    asked.path_info = "/" + path.removeprefix(get_script_prefix())
    asked.META = {name: request.META[name] for name in ADDRESS if name in request.META} | {"REQUEST_METHOD": "GET"}
    asked.user, asked.is_preview = AnonymousUser(), True
    return asked


def _nothing(asked: HttpRequest, why: str) -> HttpResponse:
    return render(asked, "no_public_page.html", {"why": why})


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response

"""Public pages for readers without a session, rendered once per write to what they show.

A page is kept by its whole address, which also tells its language, and the size of its letters, for the generations of
its tables, plain and compressed. The host is part of it only where pages name it, since SITE_URL says no other. It
always comes with an ETag and browsers ask for it again each time, so a write is visible in the very next request.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from fengtai.caching.compression import compressed, wants_gzip
from fengtai.caching.hosts import Hosts
from fengtai.caching.reading import reading
from fengtai.caching.store import closing_time, generations, keep, one_generation, recall

LARGEST = 128 * 1024  # bytes of a page that is kept; hostile addresses cannot fill the memory
LARGE_TEXT = "large_text"  # the cookie of readers who asked for large letters; it says nothing else of them
STAFF = "/admin/"  # what stands there shows drafts
PERSONAL = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, CookieStorage.cookie_name)


@dataclass(frozen=True)
class Page:
    """A rendered page as everybody gets it, plain and compressed: each has an ETag of its own."""

    body: bytes
    packed: bytes
    headers: dict[str, str]
    etag: str
    view: str = ""  # the name of its address, for those who count what is asked

    def answer(self, request) -> HttpResponse:
        """The page, or only "not modified" to a browser that has it."""
        body, headers, etag = self.body, self.headers, self.etag
        if wants_gzip(request):
            body, etag = self.packed, f'{self.etag[:-1]}-gzip"'
            headers = {**headers, "Content-Encoding": "gzip", "Content-Length": str(len(body)), "ETag": etag}
        response = HttpResponse(body, headers=headers)
        return get_conditional_response(request, etag, response=response)


class PageCache:
    """Runs before sessions, languages and addresses: a page that is kept needs none of them."""

    def __init__(self, get_response):
        if settings.DEBUG:
            raise MiddlewareNotUsed("Templates change while a developer looks at them.")
        self.get_response, self.hosts = get_response, Hosts()

    def __call__(self, request):
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        # Other pages tell staff, too, only what anybody may see.
        with one_generation(for_anybody=STAFF not in request.path_info):
            response = self._answer(request)
        # Whatever is not kept here must be asked for again each time; what somebody in particular saw stays theirs.
        response.headers.setdefault("Cache-Control", "no-cache" if _is_anybody(request) else "private, no-cache")
        return response

    def _answer(self, request):
        current = generations() if _is_anybody(request) else None
        root = self._root(request) if current is not None else None
        if root is None:
            return self.get_response(request)
        address = repr((root, request.path, request.META["QUERY_STRING"], has_large_text(request)))
        if page := recall(address, current):
            request.kept_view = page.view
            return page.answer(request)
        until = closing_time(current)
        with reading() as made:
            response = self.get_response(request)
        if not _is_for_everybody(response):
            return response
        page = _page(response, _view(request))
        request.kept_view = page.view
        if request.method == "GET" and len(page.body) <= LARGEST:
            keep(address, current, until, page, made.tables)
        return page.answer(request)

    def _root(self, request) -> str | None:
        """What a page says of where the site stands, as far as the request decides it; None: not kept."""
        host = request.get_host()  # in any case: one that is not ours gets no page
        if settings.SITE_URL:
            return ""
        return f"{request.scheme}://{host}" if self.hosts.may_keep(host) else None


def has_large_text(request) -> bool:
    """Whether the reader asked for it; a page without a request, in an error, has no reader."""
    return bool(request) and request.COOKIES.get(LARGE_TEXT) == "1"


def _is_anybody(request) -> bool:
    return not any(name in request.COOKIES for name in PERSONAL)


def _is_for_everybody(response) -> bool:
    """It succeeded, depended on nothing but its address, and says nothing about keeping it itself."""
    return (
        response.status_code == 200
        and not response.streaming
        and response.headers.get("Content-Type", "").startswith("text/html")
        and response.headers.get("Vary", "") in ("", "Accept-Language")  # no cookie was looked at
        and not response.cookies
        and not response.has_header("Cache-Control")
    )


def _view(request) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _page(response, view: str) -> Page:
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    own = {
        "Cache-Control": "no-cache",
        "ETag": etag,
        "Vary": "Accept-Encoding, Cookie",
    }  # the address alone tells the language
    return Page(response.content, compressed(response.content), {**response.headers, **own}, etag, view)

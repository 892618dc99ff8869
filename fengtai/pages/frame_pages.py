"""Pages about the site itself: its map, its accessibility, and the size of its letters."""

from urllib.parse import urlsplit

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from fengtai.caching.page_cache import LARGE_TEXT

YEAR = 365 * 24 * 3600


@require_safe
def site_map(request):
    """Every list and every page of the site."""
    return render(request, "site_map.html")


@require_safe
def accessibility(request):
    return render(request, "accessibility.html")


@require_safe
def text_size(request, size: str):
    """Keeps the size for this browser and leads back to the page that was read. It is a link, which needs no script."""
    response = HttpResponseRedirect(_page_before(request))
    if size == "large":
        response.set_cookie(LARGE_TEXT, "1", max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    else:
        response.delete_cookie(LARGE_TEXT, samesite="Lax")
    response["Cache-Control"] = "no-store"
    return response


def _page_before(request) -> str:
    """The page of this site that the link stood on; the first page where the browser does not say."""
    came_from = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return reverse("home")
    parts = urlsplit(came_from)
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return address if address.startswith("/") and not address.startswith("//") else reverse("home")


frame_urls = [
    path("map/", site_map, name="site-map"),
    path("accessibility/", accessibility, name="accessibility"),
    path("text/large/", text_size, {"size": "large"}, name="text-large"),
    path("text/standard/", text_size, {"size": "standard"}, name="text-standard"),
]

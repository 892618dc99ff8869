"""What robots and old browsers ask for at fixed addresses."""

from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from fengtai.lists.addresses import site_root

ICON = "fengtai/favicon.ico"
CLOSED = ("/admin/", "/en/admin/", "/*?*format=")  # nothing to find: sign-in pages, and files of what pages show


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {site_root(request)}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=7 * 24 * 3600)
def favicon(request):
    """The seal for browsers that look for it here and know no SVG."""
    path = finders.find(ICON)
    if path is None:
        raise Http404
    return FileResponse(open(path, "rb"), content_type="image/x-icon")

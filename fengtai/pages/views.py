"""Pages that belong to no list: home and errors."""

from functools import lru_cache
from itertools import chain

from django.conf import settings
from django.http import QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fengtai.lists.addresses import own_path
from fengtai.lists.site import site_lists


def site_menu(request) -> dict:
    """For every template: whether all is invented, whether staff preview it, the lists, their menu, and this page in
    the other language."""
    language = get_language()
    other = "en" if language != "en" else "zh-hans"
    query = request.META.get("QUERY_STRING", "")
    return {
        "demo": settings.DEMO,
        "is_preview": getattr(request, "is_preview", False),
        "site_lists": site_lists(),
        "menu": _menu(language, request.resolver_match.url_name if request.resolver_match else None),
        "other_language": other,
        "other_address": _translated(own_path(request), other) + (f"?{query}" if query else ""),
    }


@lru_cache
def _menu(language: str, shown: str | None) -> dict[str, SafeString]:
    """The menu for wide and for narrow windows, made once per language and page; `shown` names the page's address."""
    name = (shown or "").removesuffix("-detail")
    context = {"site_lists": site_lists(), "current": name, "within": shown != name}
    return {width: render_to_string(f"_menu_{width}.html", context) for width in ("wide", "narrow")}


@lru_cache
def _translated(path: str, language: str) -> str:
    return translate_url(path, language)


@require_safe
def home(request):
    """Headline figures and ways in."""
    found = {page: page.table.headlines() for page in site_lists()}
    context = {
        "headlines": sorted(chain.from_iterable(found.values()), key=lambda headline: headline.order),
        "headlines_of": max(found, key=lambda page: len(found[page])),
        "ways": [(page, page.ask(QueryDict()).count_label) for page in found],
    }
    return render(request, "home.html", context)


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def form_refused(request, reason=""):
    """A form without the sign that it came from this site, or with an old one. What it held and why is kept nowhere."""
    response = render(request, "403_csrf.html", status=403)
    response["Cache-Control"] = "no-store"
    return response

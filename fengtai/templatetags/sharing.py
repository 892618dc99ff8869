"""How pages are told elsewhere, for templates: titles, citations, linked data."""

import re
from functools import lru_cache
from html import escape

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fengtai.lists.site import site_lists
from fengtai.pages.sharing import linked_data, titles
from fengtai.pages.sharing.citing import citing

register = template.Library()
SHARED = ("site_root", "own_path", "page_title", "page_description", "asked")


class Kept(template.Node):
    """Renders what stands within, with single blanks, and keeps it under a name for the rest of the page."""

    def __init__(self, name, nodelist):
        self.name, self.nodelist = name, nodelist

    def render(self, context):
        context[self.name] = text = mark_safe(" ".join(self.nodelist.render(context).split()))
        return text


@register.tag
def keep(parser, token):
    """{% keep page_title %} … {% endkeep %}"""
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Kept(token.split_contents()[1], nodelist)


@register.filter
def coded(text: str):
    """A sentence of the API description, in which `backticks` mark what is typed as it stands."""
    return mark_safe(re.sub("`(.+?)`", r"<code>\1</code>", escape(text)))


register.simple_tag(titles.record_title, name="record_title")
register.simple_tag(titles.record_description, name="record_description")


@register.simple_tag(takes_context=True)
def citing_of(context, page, record):
    """The record as others cite it; None where the page stands without an address of its own."""
    return citing(page, record, context["site_root"]) if "site_root" in context else None


@register.simple_tag(takes_context=True)
def sharing_told(context) -> SafeString:
    """What others show and ask of the page: _sharing.html, rendered once for all that it depends on."""
    told = {name: context.get(name, "") for name in SHARED}
    return _sharing_told(get_language(), *told.values(), *context["own_paths"])


@lru_cache(1024)
def _sharing_told(language: str, *told) -> SafeString:
    context = dict(zip(SHARED, told, strict=False))
    return render_to_string("_sharing.html", {**context, "own_paths": told[len(SHARED) :]})


@register.simple_tag(takes_context=True)
def home_data(context):
    return linked_data.data_block(linked_data.site_thing(context["site_root"], reverse("home"), reverse("search")))


@register.simple_tag(takes_context=True)
def list_data(context, page):
    terms = settings.SITE_PUBLISHER, settings.SITE_LICENCE
    return _list_data(page, context["site_root"], get_language(), terms)


@lru_cache(256)
def _list_data(page, root: str, language: str, terms: tuple) -> SafeString:
    """Made once for what it depends on, which is nothing that is written."""
    return linked_data.data_block(linked_data.dataset(page, root), linked_data.crumbs(root, *_way(page)))


@register.simple_tag(takes_context=True)
def record_data(context, page, record):
    root = context["site_root"]
    way = linked_data.crumbs(root, *_way(page), (str(record), record.get_absolute_url()))
    return linked_data.data_block(linked_data.thing(page, record, root), way)


@register.simple_tag(takes_context=True)
def catalogue_data(context):
    root = context["site_root"]
    return linked_data.data_block(linked_data.catalogue(site_lists(), root, reverse("data")))


def _way(page) -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home")), (capfirst(page.title), page.address)]

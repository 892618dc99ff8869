"""The feed of what was published or revised, as Atom, in the language of its address."""

from html import escape
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from fengtai.lists.addresses import site_root
from fengtai.pages.cors import public_data
from fengtai.pages.open_data.feed_entries import Entry, entries
from fengtai.pages.sharing.context import HREFLANGS
from fengtai.records.chinese import marked
from fengtai.values.texts import in_cell

BEGUN = 2026  # the year in which the site's host began to name things, as a tag needs it


@require_safe
@public_data
@conditional_page
def feed(request):
    root = site_root(request)
    made = Atom1Feed(
        title=_("%(site)s: published and revised") % {"site": _("Fengtai partner platform")},
        link=f"{root}{reverse('home')}",
        description=_("What was published or revised last."),
        language=HREFLANGS[get_language()],
        author_name=settings.SITE_PUBLISHER or _("Fengtai partner platform"),
        feed_url=f"{root}{reverse('feed')}",
        feed_guid=_tag(root, f"feed/{get_language()}"),
    )
    for entry in entries():
        made.add_item(
            title=in_cell(entry.title),
            link=f"{root}{entry.path}",
            description=_summary(entry, root),
            unique_id=_tag(root, entry.key),
            updateddate=entry.at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _summary(entry: Entry, root: str) -> str:
    """As HTML, in which Chinese is marked on an English feed; with the page of what it replaced."""
    told = marked(escape(in_cell(entry.told)))
    if not entry.replaced:
        return told
    link = _("What it replaced")
    return f'{told} <a href="{root}{entry.replaced}">{escape(link)}</a>'


def _tag(root: str, key: str) -> str:
    """A name that stays, whatever becomes of addresses (RFC 4151)."""
    return f"tag:{urlsplit(root).hostname},{BEGUN}:{key}"

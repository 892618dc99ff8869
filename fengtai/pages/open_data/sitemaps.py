"""The site map for search engines: every public page in each language, some thousands to a file."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.contrib.sitemaps.views import sitemap as section_view
from django.db.models import Max
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from fengtai.lists.addresses import row_addresses, site_root
from fengtai.lists.site import ListPage, page_of, site_lists

LIMIT = 2000  # addresses in a file: an even number, since each page has two
DATES = ("changed_at", "publish_at")  # of a row, as far as it has them


class SitePages(Sitemap):
    """In each language, with the others beside it."""

    i18n = alternates = x_default = True
    limit = LIMIT

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc or super().get_domain(site)

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme or super().get_protocol(protocol)


class NamedPages(SitePages):
    """The lists, and the pages that belong to none."""

    def __init__(self, names: tuple[str, ...]):
        self.names = names

    def items(self):
        return [*self.names, *(page.name for page in site_lists())]

    def location(self, item):
        return reverse(item)

    def lastmod(self, item):
        page = page_of(item)
        return _latest(page) if page else None


class RecordPages(SitePages):
    """The public records of a list. Of very many only those of the file asked for are read."""

    def __init__(self, page: ListPage):
        self.page = page

    def _items(self):
        return _Slices(self.page)

    def location(self, item):
        return row_addresses(self.page.table, [item[0]])[0]

    def lastmod(self, item):
        return max(filter(None, item[1:]))

    def get_latest_lastmod(self):
        return _latest(self.page)


class _Slices:
    """Each row once in each language, as the paginator of site maps cuts them."""

    def __init__(self, page: ListPage):
        self.languages = [code for code, _name in settings.LANGUAGES]
        self.rows = page.table.rows().order_by("pk").values_list("pk", *_dates(page))

    def __len__(self):
        return self.rows.count() * len(self.languages)

    def __getitem__(self, cut: slice):
        size = len(self.languages)
        return [(row, code) for row in self.rows[cut.start // size : cut.stop // size] for code in self.languages]


def _dates(page: ListPage) -> list[str]:
    names = {field.name for field in page.table.model()._meta.concrete_fields}
    return [name for name in DATES if name in names]


def _latest(page: ListPage):
    """When something of a list changed last, or became public; None while it is empty."""
    found = page.table.rows().order_by().aggregate(**{name: Max(name) for name in _dates(page)})
    return max(filter(None, found.values()), default=None)


def _sections(names: tuple[str, ...]) -> dict[str, SitePages]:
    return {"pages": NamedPages(names)} | {page.name: RecordPages(page) for page in site_lists() if page.detail}


def index_view(names: tuple[str, ...]):
    """One address for each file; `names` are those of pages that belong to no list."""

    @require_safe
    def index(request):
        root, found = site_root(request), []
        for section, pages in _sections(names).items():
            address, latest = f"{root}{reverse('sitemap-section', args=[section])}", pages.get_latest_lastmod()
            if section != "pages" and latest is None:
                continue
            found += [
                SitemapIndexItem(address if number == 1 else f"{address}?p={number}", latest)
                for number in pages.paginator.page_range
            ]
        return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": found}, content_type="application/xml")

    return index


def sections_view(names: tuple[str, ...]):
    @require_safe
    def section_of(request, section: str):
        sections = _sections(names)
        if section not in sections:
            raise Http404
        return section_view(request, sections, section)

    return section_of

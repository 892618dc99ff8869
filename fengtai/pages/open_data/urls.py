"""The addresses of what programs and search engines ask for."""

from django.urls import path

from fengtai.pages.open_data.feeds import feed
from fengtai.pages.open_data.pages import api, data
from fengtai.pages.open_data.robots import favicon, robots
from fengtai.pages.open_data.sitemaps import index_view, sections_view

data_urls = [  # in each language
    path("data/", data, name="data"),
    path("data/api/", api, name="api"),
    path("feed.atom", feed, name="feed"),
]


def site_urls(*names: str) -> list:
    """In no language; `names` are those of the pages beside the lists that search engines are told of."""
    return [
        path("robots.txt", robots, name="robots"),
        path("favicon.ico", favicon, name="favicon"),
        path("sitemap.xml", index_view(names), name="sitemap"),
        path("sitemap-<slug:section>.xml", sections_view(names), name="sitemap-section"),
    ]

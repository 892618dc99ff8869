"""What the pages of records cost that very many rows are linked to, remembered and right after a write."""

from statistics import median

from tests.bench.harness import Site, Sites
from tests.bench.report import Line, milliseconds

MOST = 50  # milliseconds
ROUNDS = 5
PAGES = ("/industries/1/", "/rosters/", "/rosters/1/", "/organisations/7/", "/sources/")


def measure(sites: Sites) -> list[Line]:
    return [line for path in PAGES for line in _page(sites.full, path)]


def _page(site: Site, path: str) -> list[Line]:
    site.page(path)(3)
    shown, fresh = [], []
    for _round in range(ROUNDS):
        fresh.append(site.fresh(path))
        shown.append(site.page(path)(3))
    return [_line(path, median(shown)), _line(f"{path} right after a write", median(fresh))]


def _line(what: str, seconds: float) -> Line:
    return Line(f"{what}, ms", milliseconds(seconds), ratio=seconds * 1000, at_most=MOST)

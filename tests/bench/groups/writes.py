"""What a list's first page costs right after a write to one of its rows, beside the same page as it is remembered."""

from itertools import combinations
from statistics import median
from urllib.parse import urlencode

from tests.bench.groups.rows import LIST
from tests.bench.groups.scale import ASKED, SUSPECTS
from tests.bench.harness import Site, Sites
from tests.bench.report import Line, dearer, milliseconds
from tests.bench.words import EXAMPLE, HIT, INITIALS, MISS, PINYIN

MOST = 10  # times the remembered page
ROUNDS = 5
COUNTED_ON = 12  # requests after which every choice of a list is counted
ELSEWHERE = "tests.bench.groups.writes.write_elsewhere"


def measure(sites: Sites) -> list[Line]:
    single = [{name: value} for name, value in sites.small.ask("tell", function=ASKED)]
    pairs = [one | other for one, other in combinations(single, 2) if one.keys() != other.keys()]
    words = [{"q": word} for word in (HIT, MISS, PINYIN, INITIALS, EXAMPLE)]
    sorts = [{"sort": name} for name in ("name", "-name", "kind", "region", "-credit_code")]
    kinds = {"no question": [{}], "a filter": single, "two filters": pairs, "words": words, "a sort": sorts}
    return [*(_worst(sites.full, kind, asked) for kind, asked in kinds.items()), _elsewhere(sites.full)]


def _worst(site: Site, kind: str, questions: list[dict]) -> Line:
    """Of all questions of a kind the dearest, looked at again more closely."""
    paths = [f"{LIST}?{urlencode(asked)}" for asked in questions]
    suspects = sorted(paths, key=lambda path: _costs(site, path, 1)[0])[-SUSPECTS:]
    costs = {path: _costs(site, path, ROUNDS) for path in suspects}
    path = max(costs, key=lambda path: costs[path][0] / costs[path][1])
    fresh, kept = costs[path]
    return dearer(f"{kind}, worst of {len(paths)}: `{path.removeprefix(LIST)}`", fresh, "remembered", kept, MOST)


def _costs(site: Site, path: str, rounds: int) -> tuple[float, float]:
    """Right after a write, and remembered."""
    page = site.page(path)
    page(COUNTED_ON)
    fresh, kept = [], []
    for _round in range(rounds):
        fresh.append(site.fresh(path))
        page(1)
        kept.append(page(3))
    return median(fresh), median(kept)


def _elsewhere(site: Site) -> Line:
    """After a write to another subject's table, for a reader without a session: the page is still kept."""
    headers = {"HTTP_COOKIE": ""}
    site.page(LIST, **headers)(COUNTED_ON)
    costs = []
    for _round in range(ROUNDS):
        site.ask("tell", function=ELSEWHERE)
        costs.append(site.ask("cost", path=LIST, times=1, headers=headers))
    return Line(
        "after a write to an observation, ms", milliseconds(median(costs)), ratio=median(costs) * 1000, at_most=2
    )


def write_elsewhere():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_observation SET state = state WHERE id = 7")

"""What a page costs among many rows, beside the same page among 1,000."""

import re
from itertools import combinations
from urllib.parse import urlencode

from tests.bench.groups.rows import LIST
from tests.bench.harness import Site, Sites, compare
from tests.bench.report import Line, dearer
from tests.bench.words import HIT, MISS

FLAT, FILTERED = 1.3, 4
SUSPECTS = 3  # of all questions of a kind, looked at again more closely
ASKED = "tests.bench.groups.scale.filter_values"


def measure(sites: Sites) -> list[Line]:
    lines = [_line(sites, "first page", {}), _line(sites, "last page", last=True)]
    lines.append(_worst(sites, "sorted", [{"sort": name} for name in _sortable(sites.full)], FLAT))
    lines.append(_line(sites, "search that finds nothing", {"q": MISS}))
    lines.append(_line(sites, "two-character search", {"q": HIT}, FILTERED))
    single = [{name: value} for name, value in sites.small.ask("tell", function=ASKED)]
    lines.append(_worst(sites, "single filter", single, FILTERED))
    pairs = [one | other for one, other in combinations(single, 2) if one.keys() != other.keys()]
    lines.append(_worst(sites, "two filters", pairs, FILTERED))
    return lines


def _line(sites: Sites, what: str, params: dict | None = None, limit: float = FLAT, last: bool = False) -> Line:
    many, few = _pair(sites, [_last_page(site) if last else params for site in (sites.full, sites.small)])
    return dearer(what, many, f"{sites.small.rows:,} rows", few, limit)


def _worst(sites: Sites, what: str, questions: list[dict], limit: float) -> Line:
    """The question that suffers most from the number of rows stands for all of its kind."""
    suspects = sorted(questions, key=lambda params: _ratio(*_pair(sites, [params, params], rounds=1)))[-SUSPECTS:]
    costs = [(*_pair(sites, [params, params]), urlencode(params)) for params in suspects]
    many, few, params = max(costs, key=lambda cost: _ratio(*cost[:2]))
    return dearer(f"{what}, worst of {len(questions)}: `{params}`", many, f"{sites.small.rows:,} rows", few, limit)


def _ratio(many: float, few: float) -> float:
    return many / few


def _pair(sites: Sites, questions: list[dict], rounds: int = 3) -> tuple[float, float]:
    pages = [f"{LIST}?{urlencode(params)}" for params in questions]
    contenders = {"many": sites.full.page(pages[0]), "few": sites.small.page(pages[1])}
    for page in contenders.values():
        page(1)  # the first answer after a write is measured by itself
    costs = compare(contenders, rounds=rounds)
    return costs["many"], costs["few"]


def _last_page(site: Site) -> dict:
    """The last page that the first one links to: back from the end, where not all pages are numbered."""
    text = site.ask("look", path=LIST)["text"]
    if end := re.search(r"[?;&]before=(\w+)", text):
        return {"before": end[1]}
    return {"page": max(map(int, re.findall(r"[?;&]page=(\d+)", text)))}


def _sortable(site: Site) -> list[str]:
    return sorted(set(re.findall(r"[?;&]sort=(-?\w+)", site.ask("look", path=LIST)["text"])))


def filter_values() -> list[tuple[str, str]]:
    """In a worker: for each choice filter of the list, its first choices and, where there is one, "not stated"."""
    from partners.filters import OrganisationFilter  # once Django is set up
    from partners.tables import OrganisationTable

    form = OrganisationFilter({}, queryset=OrganisationTable.rows(), offered=True).form
    found = []
    for name, field in form.fields.items():
        codes = [str(getattr(code, "value", code)) for code, _label in getattr(field, "choices", ())]
        found += [(name, code) for code in [code for code in codes if code][:2]]
    return found

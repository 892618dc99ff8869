"""What the pages of staff cost among many rows: every list, an organisation's form, names offered as one is typed."""

from statistics import median
from urllib.parse import urlencode

from tests.bench.harness import Site, Sites, compare
from tests.bench.report import Line, milliseconds
from tests.bench.words import EXAMPLE, HIT, INITIALS, MISS, PINYIN

HERE = "tests.bench.groups.staff"
FORM, OFFER = 120, 20  # milliseconds; looking through every row an offer took 219
SHOWN, FRESH = 60, 150  # of a list, and of its first answer after a write; Django's own lists took 560 to 1,270
ASKED = ("state=published", "state=draft", "kind=firm", "level=partner", "industry=1", "source=2", "checked=never")
ASKED += (
    "changed_since=2026-01-01",
    "unread=no",
    "doubt=yes",
    "sort=-changed_at",
    "sort=state",
    "columns=all",
    "before=end",
)


def measure(sites: Sites) -> list[Line]:
    site = sites.full
    headers = {"HTTP_COOKIE": f"sessionid={site.ask('tell', function=f'{HERE}.session')}"}
    form = site.ask("tell", function=f"{HERE}.form")
    asked = {"an organisation's form": form}
    asked |= {f"names offered for {word}": _offer(word) for word in (HIT, MISS, PINYIN, INITIALS, EXAMPLE)}
    cost = compare({name: _page(site, path, headers) for name, path in asked.items()})
    queries = site.ask("look", path=form, headers=headers)["queries"]
    lines = [_line(name, cost[name], FORM if path == form else OFFER) for name, path in asked.items()]
    return [*lines, Line("queries of the form", str(queries)), *_lists(site, headers)]


def _lists(site: Site, headers: dict) -> list[Line]:
    """The dearest of all lists, and of the organisations asked in many ways."""
    paths = site.ask("tell", function=f"{HERE}.lists")
    shown = compare({path: _page(site, path, headers) for path in paths})
    fresh = {path: median([site.fresh(path, headers) for _round in range(3)]) for path in paths}
    return [_worst("a list", shown, SHOWN), _worst("a list, first answer after a write", fresh, FRESH)]


def _worst(what: str, costs: dict[str, float], most: int) -> Line:
    path = max(costs, key=costs.get)
    return _line(f"{what}, worst of {len(costs)}: `{path.removeprefix('/admin/')}`", costs[path], most)


def _page(site: Site, path: str, headers: dict):
    return lambda times: site.ask("cost", path=path, times=times, headers=headers)


def _line(what: str, seconds: float, most: int) -> Line:
    return Line(f"{what}, ms", milliseconds(seconds), ratio=seconds * 1000, at_most=most)


def _offer(word: str) -> str:
    link = {"app_label": "partners", "model_name": "membership", "field_name": "organisation"}
    return f"/admin/autocomplete/?{urlencode({**link, 'term': word})}"


def lists() -> list[str]:
    """In a worker: every list of records, and that of the organisations asked in many ways."""
    from django.contrib import admin  # once Django is set up

    found = [page.staff_list.address for page in admin.site._registry.values() if hasattr(page, "staff_list")]
    words = [f"q={word}" for word in (HIT, MISS, PINYIN, INITIALS, EXAMPLE)]
    return [*found, *(f"/admin/partners/organisation/?{asked}" for asked in (*words, *ASKED))]


def session() -> str:
    """In a worker: somebody of the staff comes in."""
    from django.contrib.auth.models import User  # once Django is set up
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)[0])
    return client.cookies["sessionid"].value


def form() -> str:
    """In a worker: the form of an organisation that has a membership, industries and a citation."""
    from django.urls import reverse

    from partners.models import Membership

    return reverse("admin:partners_organisation_change", args=[Membership.objects.earliest("pk").organisation_id])

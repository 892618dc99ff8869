"""What the pages of staff cost among many rows: an organisation's form, and the names offered as one is typed."""

from urllib.parse import urlencode

from tests.bench.harness import Site, Sites, compare
from tests.bench.report import Line, milliseconds
from tests.bench.words import EXAMPLE, HIT, INITIALS, MISS, PINYIN

HERE = "tests.bench.groups.staff"
FORM, OFFER = 120, 100  # milliseconds; looking through every row an offer took 219


def measure(sites: Sites) -> list[Line]:
    site = sites.full
    headers = {"HTTP_COOKIE": f"sessionid={site.ask('tell', function=f'{HERE}.session')}"}
    form = site.ask("tell", function=f"{HERE}.form")
    asked = {"an organisation's form": form}
    asked |= {f"names offered for {word}": _offer(word) for word in (HIT, MISS, PINYIN, INITIALS, EXAMPLE)}
    cost = compare({name: _page(site, path, headers) for name, path in asked.items()})
    queries = site.ask("look", path=form, headers=headers)["queries"]
    lines = [_line(name, cost[name], FORM if path == form else OFFER) for name, path in asked.items()]
    return [*lines, Line("queries of the form", str(queries))]


def _page(site: Site, path: str, headers: dict):
    return lambda times: site.ask("cost", path=path, times=times, headers=headers)


def _line(what: str, seconds: float, most: int) -> Line:
    return Line(f"{what}, ms", milliseconds(seconds), ratio=seconds * 1000, at_most=most)


def _offer(word: str) -> str:
    link = {"app_label": "partners", "model_name": "membership", "field_name": "organisation"}
    return f"/admin/autocomplete/?{urlencode({**link, 'term': word})}"


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

"""Every address of the site as its URL configuration has it, with the parameters that it is known to read."""

import re
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

from fengtai.lists.parameters import CONTROLS
from fengtai.lists.site import site_lists
from fengtai.records.batches import ImportBatch
from fengtai.review.corrections.models import Correction
from tests.hostile import values
from tests.hostile.kinds import HISTORY, LISTS, PUBLIC, STAFF

ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
NEXT = (
    "next",
    "_changelist_filters",
    "_popup",
    "_to_field",
    "_source_model",
    "to",
    "back",
    "return",
    "url",
    "redirect",
)
OTHERS = ("q", "p", "o", "all", "e", "page", "about", "field", "number", "text", "term", "app_label", "model_name")
OTHERS += (
    "field_name",
    "copy_of",
    "rows",
    "version",
    "act",
    "rest",
    "list",
    "name",
    "size",
    "format",
    "source",
    "paragraph",
)


@dataclass(frozen=True)
class Address:
    """`route` with places as <int:pk>; `known` are the parameters that it reads."""

    route: str
    kind: str
    known: tuple[str, ...] = field(default=(), compare=False)

    def path(self, chance: Random, keys: "Keys") -> str:
        """With a value in each place that could be right, and in some cases one that cannot; percent-encoded."""
        made = ARGUMENT.sub(lambda place: _filled(place, chance, keys), self.route)
        if chance.random() < 0.05:
            made += values.encoded(chance)
        return f"/{chance.choice(('', 'en/'))}{made}" if self.in_languages else f"/{made}"

    def plain_path(self, keys: "Keys") -> str:
        """As a person opens it."""
        chance = Random(self.route)
        return "/" + ARGUMENT.sub(lambda place: quote(str(chance.choice(keys.of(*place.groups())))), self.route)

    @property
    def in_languages(self) -> bool:
        return not self.route.startswith(("robots", "favicon", "sitemap"))


class Keys:
    """What may stand in the places of an address: keys of rows that are there, hidden ones among them."""

    def __init__(self):
        self.labels = [model._meta.label_lower for model in apps.get_models()]
        self.names = [page.name for page in site_lists()] + [
            "due",
            "drafts",
            "review",
            "unverified",
            "names",
            "members",
        ]
        self.batches = [str(uuid) for uuid in ImportBatch.objects.values_list("uuid", flat=True)[:20]]
        self.numbers = [*Correction.objects.values_list("number", flat=True)[:20]]
        self.fields = sorted({field.name for page in site_lists() for field in page.table.model()._meta.fields})

    def of(self, converter: str | None, name: str) -> list:
        if converter == "uuid":
            return self.batches or ["00000000-0000-0000-0000-000000000000"]
        if name == "kind":
            return self.labels
        if name == "number":
            return self.numbers or ["0"]
        if name in ("name", "section", "slug"):
            return self.names
        if name == "place":
            return [*self.fields, "figures-1", "stages-1"]
        return [*range(1, 40)]


def addresses() -> list[Address]:
    known = {page.address.strip("/"): (*page.filterset.declared(), *CONTROLS) for page in site_lists()}
    known |= {_of_staff(model): _asked_by_staff(page) for model, page in admin.site._registry.items()}
    everything = tuple(dict.fromkeys((*OTHERS, *NEXT)))
    found = dict.fromkeys(_routes(get_resolver()))
    return [Address(one, _kind(one), (*known.get(one.strip("/"), ()), *everything)) for one in found]


def _of_staff(model) -> str:
    return f"admin/{model._meta.app_label}/{model._meta.model_name}"


def _asked_by_staff(page) -> tuple[str, ...]:
    own = page.staff_list.filterset.declared() if hasattr(page, "staff_list") else page.list_filter
    return (*(one for one in own if isinstance(one, str)), *CONTROLS)


def _kind(route: str) -> str:
    if not route.startswith("admin/"):
        return PUBLIC
    lists = {f"{_of_staff(model)}/" for model in admin.site._registry}
    lists |= {
        "admin/trail/",
        "admin/review/",
        "admin/corrections/",
        "admin/merge/",
        "admin/desk/<slug:name>/",
        "admin/",
    }
    return HISTORY if "history" in route else LISTS if route in lists else STAFF


def _routes(resolver, before: str = ""):
    for one in resolver.url_patterns:
        if isinstance(one.pattern, LocalePrefixPattern):
            yield from _routes(one, before)
        elif isinstance(one, URLResolver):
            yield from _routes(one, before + str(one.pattern))
        elif isinstance(one, URLPattern) and isinstance(one.pattern, RoutePattern):
            yield before + str(one.pattern)


def _filled(place: re.Match, chance: Random, keys: Keys) -> str:
    if chance.random() < 0.3:
        return values.encoded(chance)
    return quote(str(chance.choice(keys.of(*place.groups()))))

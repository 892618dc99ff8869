"""The page 待审核: all that waits for a second person, and for whoever does not release their own submissions."""

from django.contrib import admin
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengtai.admin.guards.keys import is_key
from fengtai.admin.imports.access import batches_for
from fengtai.admin.review.lines import lines_of
from fengtai.admin.review.queue import MINE, OTHERS, counts, kinds_seen, page_of, sections
from fengtai.admin.review.targets import may_release
from fengtai.lists.paging import waiting_label
from fengtai.records.batches import ImportBatch
from fengtai.records.models import Record
from fengtai.review.of_batches import batches_in_review

LISTED = 50  # imports


@require_safe
def queue(request):
    releases = may_release(request.user)
    whose = request.GET.get("whose", "") if releases else MINE
    whose = whose if whose in (MINE, OTHERS) else ""
    asked = {name: request.GET.get(name, "") for name in ("kind", "import", "after")} | {"whose": whose}
    asked["import"] = asked["import"] if is_key(asked["import"]) else ""
    context = {
        **admin.site.each_context(request),
        "title": _("Waiting for review"),
        "releases": releases,
        "asked": asked,
        "all": "all" in request.GET,
        "first": _address(asked, after="") if asked["after"] else "",
        "all_address": _address(asked, all="1"),
        "none_address": _address(asked),
        **_found(request.user, asked),
    }
    return TemplateResponse(request, "admin/review/queue.html", context)


def _found(user, asked: dict) -> dict:
    """The lines of the page asked for, and how many of each kind wait."""
    whose = asked["whose"]
    every, batch = sections(user, whose=whose), int(asked["import"] or 0)
    narrowed = asked["kind"] or batch
    found = sections(user, kind=asked["kind"], whose=whose, batch=batch) if narrowed else every
    kinds = [section.model._meta for section in every if issubclass(section.model, Record)]
    numbers, page = counts(found), page_of(user, found, after=asked["after"], whose=whose)
    return {
        "imports": _imports(user, asked["import"]),
        "kinds": [(options.label_lower, options.verbose_name) for options in kinds],
        "standing": [
            (section.title, waiting_label(n), section) for section, n in zip(found, numbers, strict=True) if n
        ],
        "total": waiting_label(sum(numbers)),
        "lines": lines_of(page.targets),
        "following": _address(asked, after=page.following) if page.following else "",
    }


def _imports(user, chosen: str) -> list[tuple[str, ImportBatch]]:
    """Imports whose records wait: each is one thing to look at, and to release together."""
    batches = batches_in_review(kinds_seen(user)).filter(pk__in=batches_for(user).values("pk"))[:LISTED]
    found = dict.fromkeys([*batches, *batches_for(user).filter(pk=chosen or 0)])
    return [(str(batch.pk), batch) for batch in found]


def _address(asked: dict, **other) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in {**asked, **other}.items() if value})
    return f"?{query.urlencode()}"

"""The page 合并: the pairs that may be one, what was decided of pairs, and the merges that were."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fengtai.admin.guards.keys import is_key
from fengtai.admin.merging.access import may_change, may_merge_some
from fengtai.records.mergeable import Mergeable, Pair
from fengtai.review.actions import Refused
from fengtai.review.merges import Merge, PairDecision
from fengtai.review.merging.decisions import candidates, reasons, take_back

OPEN, DECIDED, DONE = "open", "decided", "done"
TABS = {OPEN: gettext_lazy("To be decided"), DECIDED: gettext_lazy("Decided"), DONE: gettext_lazy("Merged")}
AT_ONCE = 25
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Line:
    """A pair; what is gone of it is told by its number."""

    one: Mergeable | None
    other: Mergeable | None
    reasons: list[str]
    decision: PairDecision | None = None
    may_decide: bool = False


@require_safe
def merge_list(request):
    if not (mine := may_merge_some(request.user)):
        raise PermissionDenied
    asked = {"show": request.GET.get("show", ""), "kind": request.GET.get("kind", "")}
    show = asked["show"] if asked["show"] in TABS else OPEN
    model = next((model for model in mine if model._meta.label_lower == asked["kind"]), mine[0])
    page = _page(request, _found(show, model))
    context = {
        **admin.site.each_context(request),
        "title": _("Merging"),
        "models": [(one._meta.label_lower, one._meta.verbose_name_plural, one is model) for one in mine],
        "tabs": [(_address(asked, show=name), words, name == show) for name, words in TABS.items()],
        "show": show,
        "page": page,
        "lines": _lines(request, show, model, page),
        "opts": model._meta,
        "verdicts": PairDecision.Verdict.choices,
        "following": _address(asked, page=page.number + 1) if page.has_next() else "",
        "before": _address(asked, page=page.number - 1) if page.has_previous() else "",
    }
    return TemplateResponse(request, "admin/merging/list.html", context)


def _found(show: str, model: type[Mergeable]):
    of_model = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
    if show == DONE:
        return Merge.objects.filter(**of_model).with_people()
    if show == DECIDED:
        return PairDecision.objects.filter(**of_model, taken_back_at=None).select_related("by")
    return candidates(model)


def _page(request, found) -> Page:
    said = request.GET.get("page", "1")
    return Paginator(found, AT_ONCE).get_page(int(said) if is_key(said) and int(said) < LAST_PAGE else 1)


def _lines(request, show: str, model: type[Mergeable], page: Page) -> list:
    if show == DONE:
        return [*page.object_list]
    decisions = {(one.first_id, one.second_id): one for one in page.object_list} if show == DECIDED else {}
    pairs: list[Pair] = [*decisions] or [*page.object_list]
    rows = model._base_manager.in_bulk({key for pair in pairs for key in pair})
    why = reasons(model, pairs) if show == OPEN else {}
    return [_line(request, [rows.get(key) for key in pair], why.get(pair, []), decisions.get(pair)) for pair in pairs]


def _line(request, records: list[models.Model | None], why: list[str], decision: PairDecision | None) -> Line:
    may_decide = all(record is not None and may_change(request, record) for record in records)
    return Line(*records, why, decision, may_decide)


def _address(asked: dict, **other) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in {**asked, **other}.items() if value})
    return f"?{query.urlencode()}"


@require_POST
def take_decision_back(request, key: str):
    """The pair comes up again."""
    decision = PairDecision.objects.filter(pk=int(key)).first() if is_key(key) else None
    if decision is None or decision.content_type.model_class() not in may_merge_some(request.user):
        raise PermissionDenied
    rows = decision.content_type.model_class()._base_manager.filter(pk__in=[decision.first_id, decision.second_id])
    if not all(may_change(request, row) or row.merged_into_id for row in rows):
        raise PermissionDenied
    try:
        take_back(decision, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back: the pair is to be decided again."))
    return redirect("merge")

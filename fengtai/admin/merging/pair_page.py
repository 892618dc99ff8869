"""Two records side by side: which stays and which value, looked over once more, and made one."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengtai.admin.merging.access import lacking, may_change, model_named, record_of
from fengtai.admin.merging.showing import asked_of, folded, moves_of, name_asked, stays_behind
from fengtai.records.mergeable import Mergeable, is_merged
from fengtai.review.actions import Refused
from fengtai.review.merges import Merge, PairDecision
from fengtai.review.merging.decisions import decide, in_order, reasons
from fengtai.review.merging.edits_of import digest, edits_of
from fengtai.review.merging.merging import LONGEST, merge, obstacles, stays_better
from fengtai.review.merging.plans import KEPT, LOST, Plan, key_of
from fengtai.review.merging.whole_writes import would_wait

PREVIEW, MERGE, BACK = "preview", "merge", "back"
CHOICE = "choice-"


@require_http_methods(["GET", "HEAD", "POST"])
def pair_page(request, kind: str, first: str, second: str):
    model = model_named(request, kind)
    one, other = record_of(model, first), record_of(model, second)
    if told := _no_pair(one, other):
        messages.error(request, told)
        return redirect(_where_to(one, other))
    if not (may_change(request, one) and may_change(request, other)):
        raise PermissionDenied
    act = request.POST.get("act", "")
    if act in PairDecision.Verdict.values:
        return _decided(request, one, other, act)
    survivor, loser = _sides(request, one, other)
    if act == MERGE and (done := _merged(request, survivor, loser)) is not None:
        return redirect("merge_done", done.pk)
    if act not in ("", PREVIEW, MERGE, BACK):
        raise Http404
    changed_sides = request.POST.get("shown", str(survivor.pk)) != str(survivor.pk)
    return _shown(request, survivor, loser, looks_over=act in (PREVIEW, MERGE) and not changed_sides)


def _no_pair(one: Mergeable | None, other: Mergeable | None) -> str:
    if one is None or other is None:
        return _("One of the two records is not on file any more.")
    if one == other:
        return _("A record is not merged with itself.")
    merged = next((record for record in (one, other) if is_merged(record)), None)
    if merged is None:
        return ""
    return _("%(record)s was merged into %(other)s already.") % {"record": merged, "other": merged.merged_into}


def _where_to(one: Mergeable | None, other: Mergeable | None) -> str:
    """To the merge that was, if there is one."""
    merged = [record for record in (one, other) if is_merged(record)]
    done = Merge.objects.of(type(merged[0]), [merged[0].pk]).filter(loser_id=merged[0].pk).first() if merged else None
    return reverse("merge_done", args=[done.pk]) if done else reverse("merge")


def _sides(request, one: Mergeable, other: Mergeable) -> tuple[Mergeable, Mergeable]:
    """As it was chosen, else as it is proposed."""
    said = request.POST.get("stays") or request.GET.get("stays") or str(stays_better(one, other).pk)
    return (other, one) if said == str(other.pk) else (one, other)


def _said(request, survivor: Mergeable, loser: Mergeable) -> dict[str, str]:
    """What was chosen; where the two changed sides since, each value is still that of the record that it was of."""
    said = {name.removeprefix(CHOICE): side for name, side in request.POST.items() if name.startswith(CHOICE)}
    other, own = (key_of((type(survivor), record.pk), "") for record in (loser, survivor))
    turned = {KEPT: LOST, LOST: KEPT}
    others = {name: side for name, side in said.items() if name.startswith(other)}
    return said | {own + name.removeprefix(other): turned.get(side, side) for name, side in others.items()}


def _why(request) -> str:
    return request.POST.get("why", "").replace("\x00", "").strip()[:LONGEST]


def _decided(request, one: Mergeable, other: Mergeable, verdict: str):
    try:
        decision = decide(one, other, verdict, by=request.user, why=_why(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        told = _("Remembered of %(one)s and %(other)s: %(decision)s.")
        said = {"one": one, "other": other, "decision": decision.get_verdict_display()}
        messages.success(request, told % said)
    return redirect("merge")


def _merged(request, survivor: Mergeable, loser: Mergeable) -> Merge | None:
    """None where it was refused, and the page is shown again."""
    seen, kind = request.POST.get("seen", "") or "-", request.POST.get("kind", "")
    if told := lacking(request.user, Plan(survivor, loser)):
        messages.error(request, told[0])
        return None
    try:
        said = _said(request, survivor, loser)
        done = merge(survivor, loser, by=request.user, why=_why(request), choices=said, kind=kind, seen=seen)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return None
    waits = _("%(merge)s waits for somebody else's review. Until then readers see both.")
    told = waits if done.change.is_open else _("Merged: %(merge)s.")
    messages.success(request, told % {"merge": done})
    return done


def _shown(request, survivor: Mergeable, loser: Mergeable, *, looks_over: bool):
    plan = Plan(survivor, loser)
    choices, pair = plan.choices(_said(request, survivor, loser)), in_order(survivor.pk, loser.pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Merge two records"),
        "opts": plan.model._meta,
        "survivor": survivor,
        "loser": loser,
        "reasons": reasons(plan.model, [pair]).get(pair, []),
        "asked": asked_of(plan, choices),
        "moves": moves_of(plan, request.user),
        "folded": folded(plan, request.user),
        "stays_behind": [*stays_behind(plan)],
        "against": [*obstacles(survivor, loser), *lacking(request.user, plan)],
        "verdicts": PairDecision.Verdict.choices,
        "why": _why(request),
        "longest": LONGEST,
        **name_asked(plan, choices, request.POST.get("kind", "")),
    }
    if looks_over:
        edits = edits_of(plan, choices, context["kind"])
        context |= {"seen": digest(edits), "waits": would_wait(edits)}
    template = "admin/merging/look_over.html" if looks_over else "admin/merging/pair.html"
    return TemplateResponse(request, template, context)

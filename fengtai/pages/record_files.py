"""A record as JSON at its own address: as its list reads it, with its revisions and the lists that are linked to it."""

from functools import wraps

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from fengtai.downloads.json_files import row_object, terms
from fengtai.lists.addresses import site_root
from fengtai.lists.linked_record_choices import RecordFilter
from fengtai.lists.site import site_lists
from fengtai.lists.value_filters import LONGEST, unreadable
from fengtai.pages.cors import open_to_all
from fengtai.pages.withdrawn import GONE, named_by, withdrawn
from fengtai.records.revisions import public_revisions

JSON = "json"


def with_json(page, view):
    """The view of a record's page, which answers `?format=json` with the record as data."""

    @wraps(view)
    def either(request, pk: int | str):
        if not request.GET.get("format") or request.method not in ("GET", "HEAD"):
            return view(request, pk)
        answer = open_to_all(request, record_answer(request, page, pk))
        answer["Cache-Control"] = "no-cache"
        return answer

    return either


def record_answer(request, page, pk: int | str) -> HttpResponse:
    if errors := _errors(request.GET):
        return _json({"errors": errors}, 400)
    rows, asked = page.table.loaded(page.table.rows()), named_by(page.table.model(), pk)
    record = rows.filter(**asked).first() if asked else None
    row = record and row_object(page, record.pk, site_root(request))
    return _json(_described(request, page, record, row)) if row else _not_public(request, page, pk)


def _described(request, page, record, row: dict) -> dict:
    root = site_root(request)
    return {
        "list": page.name,
        "address": f"{root}{record.get_absolute_url()}",
        "title": str(record),
        **terms(),
        "record": row,
        "revisions": [_revision(revision) for revision in public_revisions(record, page.table)],
        "linked": [
            {"list": linked.name, "title": linked.title, "address": f"{root}{path}"}
            for linked, path in linked_lists(record)
        ],
    }


def _revision(revision) -> dict:
    changes = [{"label": change.label, "old": change.old, "new": change.new} for change in revision.changes]
    return {"at": revision.at.isoformat(timespec="seconds"), "changes": changes}


def linked_lists(record) -> list[tuple]:
    """Every list that can be asked for the rows that link to the record, and the path that asks it."""
    return [
        (page, f"{page.address}?{name}={record.pk}&format={JSON}")
        for page in site_lists()
        for name, question in page.filterset.declared().items()
        if isinstance(question, RecordFilter) and question.asks_for is type(record)
    ]


def _errors(params) -> dict[str, str]:
    """What was asked beside the one form that there is; nothing else can be asked of a record."""
    errors = {name: _("A record has no such parameter.") for name in params if name != "format"}
    asked = params.getlist("format")
    if len(asked) > 1:
        errors["format"] = _("Given more than once.")
    elif asked[0] != JSON:
        errors["format"] = unreadable(asked[0], LONGEST) or _("Not one of: %(allowed)s.") % {"allowed": JSON}
    return {name: str(text) for name, text in errors.items()}


def _not_public(request, page, pk: int) -> HttpResponse:
    """As the page would say it: led on, withdrawn since a day, or not there."""
    try:
        answer = withdrawn(request, page, pk)
    except Http404:
        return _json({"errors": {"id": _("There is no such record.")}}, 404)
    if answer.status_code != GONE:
        answer["Location"] += f"?format={JSON}"
        return answer
    since = answer.since.isoformat()
    return _json({"errors": {"id": _("Withdrawn on %(date)s.") % {"date": since}}, "withdrawn": since}, GONE)


def _json(content: dict, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})

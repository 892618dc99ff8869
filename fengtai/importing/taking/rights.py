"""Which rights an import needs: it writes only what its user may write by hand, and takes back only that."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib.auth import get_permission_codename, get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.utils.translation import gettext as _

from fengtai.importing.planning.good_rows import good_rows
from fengtai.importing.planning.items import with_needs
from fengtai.importing.planning.plans import Plan, RowPlan
from fengtai.importing.reading.problems import Problem, sentence
from fengtai.importing.taking.whose_rows import told_not_theirs
from fengtai.records.batches import ImportBatch

ADD, CHANGE, DELETE, VIEW = "add", "change", "delete", "view"
LISTED = 10  # rows named for one right


def may(user, model, *actions: str) -> bool:
    """Whether a user has these rights on a model; nobody stands for whoever runs commands, who may all."""
    if user is None:
        return True
    codes = (get_permission_codename(action, model._meta) for action in actions)
    return all(user.has_perm(f"{model._meta.app_label}.{code}") for code in codes)


def may_view(user, model) -> bool:
    """As the admin has it: who may change may look."""
    return may(user, model, VIEW) or may(user, model, CHANGE)


def as_of_now(user):
    """The user with the rights of this moment; one who was deleted since has none."""
    if user is None:
        return None
    return get_user_model()._default_manager.filter(pk=user.pk).first() or AnonymousUser()


def needs_of(plan: Plan) -> list[dict]:
    """Every right that writing the plan needs, with the rows and columns that need it; kept with the batch as JSON."""
    found: dict[tuple, dict] = {}
    for row in good_rows(plan):
        for model, action, headings in _rights_of(row):
            need = found.setdefault((model, action), _need(model, action))
            need["rows"] += 1
            position = [*row.position[:2]]  # the figures of one row stand in one place
            if len(need["positions"]) < LISTED and position not in need["positions"]:
                need["positions"].append(position)
            need["headings"] += [text for text in sorted(headings) if text not in need["headings"]]
    return list(found.values())


def needs_of_undo(batch: ImportBatch) -> list[dict]:
    """Every right that taking a batch back needs."""
    kinds = batch.writes.order_by().values_list("content_type", "created").annotate(Count("pk"))
    return [
        _need(ContentType.objects.get_for_id(kind).model_class(), DELETE if created else CHANGE) | {"rows": rows}
        for kind, created, rows in kinds
    ]


def lacking(user, needs: Iterable[dict]) -> list[dict]:
    """The needed rights that a user does not have."""
    return [need for need in needs if not may(user, apps.get_model(need["model"]), need["action"])]


def against_undo(batch: ImportBatch, user) -> list[str]:
    """Why a user may not take a batch back: only who took it may, and only what may be deleted and changed by hand."""
    if user is not None and not user.is_superuser and (user.pk is None or batch.taken_by_id != user.pk):
        return [_("Only %(who)s, who took it, may undo this import.") % {"who": batch.taken_by or "—"}]
    lacked = [missing_right(need).message for need in lacking(user, needs_of_undo(batch))]
    return lacked or told_not_theirs(batch, user)


def missing_right(need: dict) -> Problem:
    """A lacking right in words, at the first row that needs it."""
    kind = apps.get_model(need["model"])._meta.verbose_name
    message = sentence(f"may_not_{need['action']}", kind=kind, rows=need["rows"], where=_where(need))
    return Problem(f"may_not_{need['action']}", message, *(need["positions"] or [()])[0])


def _need(model, action: str) -> dict:
    return {"model": model._meta.label_lower, "action": action, "rows": 0, "positions": [], "headings": []}


def _rights_of(row: RowPlan) -> Iterator[tuple]:
    """Model, action and headings of all that a row writes, and of what has to be made for it."""
    found = defaultdict(set)
    for item in with_needs(row.items()):
        found[item.model, ADD if item.key is None else CHANGE] |= {item.heading} - {""}
    yield from ((model, action, headings) for (model, action), headings in found.items())


def _where(need: dict) -> str:
    """The rows by sheet, and the columns: 名录 3、4 …（身份）."""
    sheets = defaultdict(list)
    for sheet, number in need["positions"]:
        sheets[sheet].append(str(number))
    rows = "；".join(f"{sheet} {'、'.join(numbers)}" for sheet, numbers in sheets.items())
    more = " …" if need["rows"] > len(need["positions"]) else ""
    columns = f"（{'、'.join(need['headings'])}）" if need["headings"] else ""
    return f"{rows}{more}{columns}"

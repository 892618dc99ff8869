"""Queues of what else waits: imports that nobody took yet, and who is locked out."""

from functools import partial

from axes.models import AccessAttempt
from django.contrib import admin
from django.db.models import F, Min, Q
from django.utils.translation import gettext_lazy as _

from fengtai.admin.corrections import queue as corrections
from fengtai.admin.desk.kinds import keeps_any, seen_by
from fengtai.admin.desk.queues import Group, Queue
from fengtai.admin.imports.access import batches_for, importable_lists
from fengtai.admin.review.targets import may_release
from fengtai.records.batches import ImportBatch
from fengtai.review.accounts.lockouts import Kind, locked_rows
from fengtai.review.corrections.models import Correction
from fengtai.review.of_batches import batches_in_review
from fengtai.review.roles import may_administer

State = ImportBatch.State
# Whoever reads or takes one may be gone: its page knows.
OPEN = (State.RECEIVED, State.READING, State.PREVIEWED, State.COMMITTING, State.INTERRUPTED)


def _imports(user) -> list[Group]:
    """Those that the user may go on with."""
    lists = [page.name for page in importable_lists(user)]
    rows = batches_for(user).filter(Q(list_name__in=lists) | Q(by=user)).filter(state__in=OPEN).order_by("pk")
    rows = rows.annotate(since=F("received_at"))
    return [Group.of_rows("import", ImportBatch._meta.verbose_name_plural, rows, notes=_states)]


def _to_release(user) -> list[Group]:
    """All that an import made is one thing to look at; the page of each leads to its records."""
    rows = batches_in_review(seen_by(user)).filter(pk__in=batches_for(user).values("pk")).order_by("pk")
    rows = rows.annotate(since=F("finished_at"))
    return [Group.of_rows("import", ImportBatch._meta.verbose_name_plural, rows)]


def _corrections(user) -> list[Group]:
    """Asked each time: a report is no write of a record."""
    rows, title = corrections.waiting(user), Correction._meta.verbose_name_plural
    return [Group.of_rows("correction", title, rows, by_time=True, is_kept=False, notes=corrections.notes)]


def _states(batches: list) -> dict[int, str]:
    return {batch.pk: str(State(batch.state).label) for batch in batches}


def _locked(user) -> list[Group]:
    """Each name, address or pair of them once, by the first of its attempts."""
    return [_locked_as(kind) for kind in Kind]


def _locked_as(kind: Kind) -> Group:
    rows = locked_rows(kind).annotate(first=Min("id")).values_list("first", "since")
    sql, params = rows.query.sql_with_params()
    sql = f"SELECT first AS pk, since FROM ({sql}) AS locked"
    return Group(kind, _("Accounts"), AccessAttempt, sql, params, is_kept=False, notes=partial(_locked_where, kind))


def _locked_where(kind: Kind, attempts: list) -> dict[int, str]:
    return {attempt.pk: attempt.ip_address or "" if kind == Kind.PAIR else str(kind.label) for attempt in attempts}


def subject_queues() -> list[Queue]:
    """Those that the admin pages of the subjects name."""
    return [queue for page in admin.site._registry.values() for queue in getattr(page, "queues", ())]


CORRECTIONS = Queue(
    corrections.NAME,
    corrections.TITLE,
    corrections.HELP,
    keeps_any,
    _corrections,
    act="corrections_of_staff",
    act_words=_("All reports"),
)
OF_WORK = (
    Queue(
        "imports",
        _("Imports waiting or interrupted"),
        _("A workbook was brought and not taken yet, or its reading broke off."),
        lambda user: bool(importable_lists(user)),
        _imports,
    ),
    Queue(
        "imports-to-review",
        _("Imports to review"),
        _("What came with one file, new records and changes of published ones: release it together."),
        may_release,
        _to_release,
    ),
    Queue(
        "locked-out",
        _("Locked out"),
        _("Too many failed sign-ins. The lock ends by itself; an administrator may lift it."),
        may_administer,
        _locked,
        is_urgent=True,
    ),
)

"""What becomes of each row: the model's own form is asked for every one, and written inside `Held`.

A trial asks every form and takes all back. It writes too for a work group's clerk, whose rows are asked about once more
when they are written: so what the preview says is what will be.
"""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from fengtai.admin.bulk.fields import ADD, REMOVE
from fengtai.admin.bulk.outcomes import REFUSED, SAME, WAITS, WRITTEN, Asked, Outcome, Report
from fengtai.records.models import StaleVersion
from fengtai.records.paths import joined, record_links
from fengtai.records.readings import value_in_words
from fengtai.records.trail.acting import Way, acting
from fengtai.review.holding import Held
from fengtai.review.pending import PendingChange
from fengtai.review.roles import WORK_GROUP, has_role
from fengtai.review.roots import is_guarded


@transaction.atomic
def change(asked: Asked, *, trial: bool = False) -> Report:
    """Rows that cannot be changed are told with the reason; the others are. Of a row that is gone nothing is known."""
    outcomes = [_outcome(asked, row) for row in _rows(asked)]
    changing, changes = [one for one in outcomes if one.state in (WRITTEN, WAITS)], []
    if not trial or has_role(asked.by, WORK_GROUP):
        with acting(Way.BULK, by=asked.by, why=asked.why):
            changes = _write(changing, asked)
    if trial:
        transaction.set_rollback(True)
    return Report(outcomes, changes)


def _rows(asked: Asked) -> list[models.Model]:
    """Nobody else changes them before this transaction ends."""
    model = asked.page.model
    keys = model._base_manager.order_by("pk").select_for_update().filter(pk__in=asked.keys).values_list("pk", flat=True)
    links = record_links(model) | ({asked.field.name} if asked.field.many_to_one else set())
    rows = joined(model._base_manager.order_by("pk").filter(pk__in=list(keys)), links)
    return list(rows.prefetch_related(asked.field.name) if asked.field.many_to_many else rows)


def _outcome(asked: Asked, row: models.Model) -> Outcome:
    name = asked.field.name
    before = _value(row, asked.field)
    outcome = Outcome(row, SAME, row.version, old=value_in_words(asked.field, before))
    if asked.seen is not None and asked.seen.get(row.pk) != row.version:
        outcome.refuse(_("Somebody changed it since you looked at the preview."))
    elif not asked.page.has_change_permission(asked.request, row):
        outcome.refuse(_("You have no right to change it."))
    else:
        waits = is_guarded(row)
        outcome.form = form = form_for_row(asked, row, before)
        if not form.is_valid():
            outcome.refuse(*(message for messages in form.errors.values() for message in messages))
            return outcome
        after = [*form.cleaned_data[name]] if asked.field.many_to_many else getattr(row, name)
        outcome.new = value_in_words(asked.field, after)
        if _plain(asked.field, before) != _plain(asked.field, after):
            outcome.state = WAITS if waits else WRITTEN
    return outcome


def form_for_row(asked: Asked, row: models.Model, before) -> forms.ModelForm:
    data = asked.data.copy()
    data["seen_version"] = str(row.version)
    if asked.field.many_to_many:
        linked = {one.pk for one in before}
        keys = {ADD: linked | asked.chosen, REMOVE: linked - asked.chosen}.get(asked.mode, asked.chosen)
        data.setlist(asked.field.name, [str(key) for key in sorted(keys)])
    return asked.form_class(data, instance=row)


def _value(row: models.Model, column: models.Field):
    return [*getattr(row, column.name).all()] if column.many_to_many else getattr(row, column.name)


def _plain(column: models.Field, value):
    if column.many_to_many:
        return {one.pk for one in value}
    return getattr(value, "pk", None) if column.many_to_one else column.get_prep_value(value)


def _write(outcomes: list[Outcome], asked: Asked) -> list[PendingChange]:
    """All at once; where the whole is refused, one by one, so that the others go on."""
    try:
        with transaction.atomic(), Held(by=asked.by, why=asked.why) as held:
            for outcome in outcomes:
                _save(outcome, asked)
        return held.changes
    except PermissionDenied:
        return [change for outcome in outcomes for change in _write_one(outcome, asked)]


def _write_one(outcome: Outcome, asked: Asked) -> list[PendingChange]:
    if outcome.state == REFUSED:
        return []
    row = asked.page.model._base_manager.get(pk=outcome.row.pk)
    again = Outcome(row, outcome.state, form=form_for_row(asked, row, _value(row, asked.field)))
    try:
        with transaction.atomic(), Held(by=asked.by, why=asked.why) as held:
            if again.form.is_valid():
                _save(again, asked)
        return held.changes
    except PermissionDenied as error:
        outcome.refuse(str(error) or _("You have no right to change it."))
    return []


def _save(outcome: Outcome, asked: Asked) -> None:
    row = outcome.row
    row._change_reason, row._history_user = asked.why, asked.by
    try:
        with transaction.atomic():
            outcome.form.save()
    except (IntegrityError, ValidationError, StaleVersion, models.ProtectedError) as error:
        outcome.refuse(*(error.messages if isinstance(error, ValidationError) else [str(error)]))

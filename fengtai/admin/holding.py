"""Edits of published records in the admin: kept as pending changes, shown again to whoever typed them."""

from django.contrib import messages
from django.db import models
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from fengtai.admin.guards.keys import is_key
from fengtai.admin.standing import standing
from fengtai.admin.theirs import is_shown_again
from fengtai.importing.taking.rights import CHANGE, may
from fengtai.records.models import Record
from fengtai.records.trail.acting import Way, acting
from fengtai.review.actions import Refused, submit
from fengtai.review.checklist import checklist
from fengtai.review.holding import Held
from fengtai.review.pending import PendingChange, change_holding
from fengtai.review.roles import may_administer
from fengtai.review.roots import is_guarded, root_of
from fengtai.review.scope import may_change

READING = ("GET", "HEAD", "OPTIONS")
SUBMITS = "_submit"  # the button that saves and submits


class HoldingEdits:
    """For admin classes: every write runs inside `Held`, and a form starts from what its author has pending."""

    def _changeform_view(self, request, object_id, form_url, extra_context):
        root, own = self._edited(request, object_id)
        if request.method in READING and own is None:
            return super()._changeform_view(request, object_id, form_url, extra_context)
        with acting(Way.FORM, page=self.model), Held(by=request.user, record=root, own=own) as held:
            request.held = held
            answer = super()._changeform_view(request, object_id, form_url, extra_context)
            if hasattr(answer, "render") and not answer.is_rendered:
                answer.render()  # from what is pending, before it is taken back
            held.forget()  # unless it was settled: then nothing is left to forget
        return answer

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """An old version brought back is an edit like any other."""
        if request.method in READING:
            return super().history_form_view(request, object_id, version_id, extra_context)
        row = self.model._base_manager.filter(pk=object_id).first()
        with acting(Way.REVERT), Held(by=request.user, record=row and root_of(row)) as held:
            request.held = held
            answer = super().history_form_view(request, object_id, version_id, extra_context)
            if hasattr(answer, "render") and not answer.is_rendered:
                answer.render()
            held.forget()
        return answer

    def _edited(self, request, object_id) -> tuple[models.Model | None, PendingChange | None]:
        """The record whose page is edited, and what the user has pending of it."""
        row = self._row_asked_for(object_id)
        key = change_holding(int(object_id)) if row is None and is_key(str(object_id or "")) else None
        if key is not None:  # a row that exists inside a pending change alone
            change = PendingChange.objects.open().filter(pk=key, author=request.user).first()
            return (change.record, change) if change is not None else (None, None)
        if row is None or row.pk is None:
            return None, None
        root = root_of(row)
        return root, PendingChange.objects.open().of(root).of_author(request.user).first()

    def _row_asked_for(self, object_id) -> models.Model | None:
        text = str(object_id or "")
        return self.model._base_manager.filter(pk=int(text)).first() if is_key(text) else None

    def construct_change_message(self, request, form, formsets, add=False):
        """All is saved by now and nothing logged: what is published is taken back here."""
        said = super().construct_change_message(request, form, formsets, add)
        held = getattr(request, "held", None)
        if held is not None and held.is_open:
            held.settle()
            row = form.instance  # a draft beside what is published is written again, maybe with another key
            row.pk = held.keys.get((type(row), row.pk), row.pk)
        return said

    def response_add(self, request, obj, post_url_continue=None):
        return self._answer_held(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._answer_held(request, obj) or super().response_change(request, obj)

    def _answer_held(self, request, obj):
        """Says what became of the edit: it waits, or was submitted at once."""
        held = getattr(request, "held", None)
        changes = held.changes if held is not None else []
        if SUBMITS in request.POST:
            self._submit(request, changes or _draft_of(request.user, obj))
        if not changes:
            return None
        if SUBMITS not in request.POST:
            tell_waiting(self, request, changes)
        return redirect(self._where_next(request, obj, changes[0]))

    def _submit(self, request, targets) -> None:
        for target in targets:
            try:
                submit(target, by=request.user)
            except Refused as error:
                self.message_user(request, f"{target}: {error}", messages.WARNING)
            else:
                told = _("%(record)s waits for its review now. Somebody else releases it.")
                self.message_user(request, told % {"record": target}, messages.SUCCESS)
                self._tell_errors(request, target)

    def _tell_errors(self, request, target) -> None:
        """Sooner than the reviewer would: whoever typed it knows best what is missing."""
        found = checklist(target) if isinstance(target, Record) else []
        errors = dict.fromkeys(str(one.message) for one in found if one.is_error)
        if errors:
            told = _("It cannot be released as it is: %(reasons)s")
            self.message_user(request, told % {"reasons": " ".join(errors)}, messages.WARNING)

    def _where_next(self, request, obj, change: PendingChange) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if "_addanother" in request.POST:
            return reverse(f"{name}_add")
        if "_continue" in request.POST and self.model._base_manager.filter(pk=obj.pk).exists():
            return reverse(f"{name}_change", args=[obj.pk])
        return address_of_record(change) if "_continue" in request.POST or not obj.pk else reverse(f"{name}_changelist")

    def render_change_form(self, request, context, obj=None, **kwargs):
        """Above the form stands what waits: one's own edits, the reviewer's comment, and what others would change."""
        if obj is not None and obj.pk:
            may_change = self.has_change_permission(request, obj) and not is_shown_again(request)
            may_withdraw = may_change or may_administer(request.user)
            context = {**context, **standing(obj, getattr(request, "held", None), may_change, may_withdraw)}
        elif obj is None:
            context = {**context, "may_submit": issubclass(self.model, Record)}
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def response_action(self, request, queryset):
        with acting(Way.ACTION, why=why_given(request)):
            return super().response_action(request, queryset)

    def delete_model(self, request, obj):
        if is_guarded(obj):
            self._delete_by_release(request, [obj])
        else:
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        held = [row for row in queryset if is_guarded(row)]
        others = queryset.exclude(pk__in=[row.pk for row in held])  # before they are deleted: then they have no key
        if held:
            self._delete_by_release(request, held)
        if others.exists():
            super().delete_queryset(request, others)

    def _delete_by_release(self, request, rows: list) -> None:
        """Parts of what is published; all else goes into the bin."""
        with Held(by=request.user, why=why_given(request)) as held:
            for row in rows:
                row.delete()
        tell_waiting(self, request, held.changes)


def why_given(request) -> str:
    """What stands beside the button that was pressed."""
    return request.POST.get("why", "").replace("\x00", "").strip()[:100]


def _draft_of(user, row: models.Model) -> list[models.Model]:
    """The record of a row that somebody may submit, if it is one that is submitted."""
    root = root_of(row)
    is_theirs = isinstance(root, Record) and may(user, type(root), CHANGE) and may_change(user, root)
    return [root] if is_theirs else []


def tell_waiting(page, request, changes: list[PendingChange]) -> None:
    told = _("Saved as your pending change of %(record)s. Readers see the old values until it is released.")
    for change in changes:
        page.message_user(request, told % {"record": change}, messages.SUCCESS)


def address_of_record(change: PendingChange) -> str:
    """The admin page of the record that a change is of; the index where there is none yet."""
    kind = change.content_type
    try:
        return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[change.object_id])
    except NoReverseMatch:
        return reverse("admin:index")

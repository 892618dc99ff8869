"""Buttons of a record that lead to pages of their own: each asks a little, and writes once it is confirmed."""

import uuid
from contextlib import nullcontext
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from fengtai.admin.current_source import ACT_FORM
from fengtai.admin.holding import address_of_record, tell_waiting
from fengtai.admin.pinning import bar_above, cite_filled, source_of_all
from fengtai.admin.record_forms import CarefulForm
from fengtai.admin.theirs import is_theirs
from fengtai.records.added_once import AddedOnce, token_of
from fengtai.records.mergeable import is_merged
from fengtai.records.trail.acting import Way, acting
from fengtai.review.holding import Held
from fengtai.review.pending import PendingChange

LARGEST = 2**63


class Act:
    """What one button does; `name` ends the address of its page."""

    name = ""

    def may(self, page, request, record) -> bool:
        """The rights that it asks for, beside that to see the record."""
        raise NotImplementedError

    def is_possible(self, record) -> bool:
        raise NotImplementedError

    def refusal(self, record) -> str:
        """Why it is not possible, for whoever comes too late."""
        return _("This is not possible, or not any more.")

    def label(self, record) -> str:
        raise NotImplementedError

    def help(self, record) -> str:
        """What will happen, for the top of its page."""
        raise NotImplementedError

    def form(self, page, request, record) -> CarefulForm:
        raise NotImplementedError

    def write(self, form, *, by) -> models.Model:
        """Saves what the form says, and answers the row to go on with."""
        raise NotImplementedError


def carry_out_act(act: Act, form: forms.ModelForm, *, by, source=None) -> tuple[models.Model, list]:
    """The one place from which the buttons write: the row, and the pending changes in which it waits, if it does.
    From a `source` is all that the form says of the row.
    """
    with acting(Way.ACTION), Held(by=by) as held:
        row = act.write(form, by=by)
        if source is not None:
            cite_filled(form, source)
    return row, held.changes


class WithActs:
    """For admin classes: their `acts` stand among the tools of a record's page."""

    acts: tuple[Act, ...] = ()

    def get_urls(self):
        return [*(self._act_url(act) for act in self.acts), *super().get_urls()]

    def _act_url(self, act: Act):
        view = self.admin_site.admin_view(partial(self.act_view, act=act))
        return path(
            f"<int:object_id>/{act.name}/", view, name=f"{self.opts.app_label}_{self.opts.model_name}_{act.name}"
        )

    def tools_of(self, request, record) -> list[tuple[str, str]]:
        """The buttons for a record, and where they lead."""
        offered = [act for act in self.acts if self._offers(act, request, record)]
        return [(act.label(record), self._act_address(act, record.pk)) for act in offered]

    def render_change_form(self, request, context, obj=None, **kwargs):
        tools = self.tools_of(request, obj) if obj is not None and obj.pk else []
        return super().render_change_form(request, {**context, "tools": tools}, obj=obj, **kwargs)

    def _offers(self, act: Act, request, record) -> bool:
        return not is_merged(record) and self._may_press(act, request, record) and act.is_possible(record)

    def _may_press(self, act: Act, request, record) -> bool:
        """What it makes belongs with the record."""
        return act.may(self, request, record) and is_theirs(request, record)

    def _act_address(self, act: Act, key: int) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{act.name}", args=[key])

    def act_view(self, request, object_id: int, act: Act):
        """Of two who press the button at once the second meets what the first wrote."""
        with transaction.atomic() if request.method == "POST" else nullcontext():
            record = self._acted_on(object_id, locked=request.method == "POST")
            if not (self.has_view_or_change_permission(request, record) and self._may_press(act, request, record)):
                raise PermissionDenied
            if (used := self._pressed_before(request)) is not None:
                return used
            if is_merged(record) or not act.is_possible(record):
                self.message_user(request, act.refusal(record), messages.WARNING)
                return self._lead_to_row(request, record)
            return self._asked(request, record, act)

    def _pressed_before(self, request):
        """Where a form leads that was sent before: what it does may be possible a second time, and was asked once."""
        token = token_of(request.POST.get("once", ""))
        used = AddedOnce.objects.filter(token=token).first() if token else None
        if used is None or used.record is None:
            return None
        self.message_user(request, _("This form was saved already: here is the record that it made."), messages.WARNING)
        if isinstance(used.record, PendingChange):
            return redirect(address_of_record(used.record))
        return self._lead_to_row(request, used.record)

    def _acted_on(self, object_id: int, *, locked: bool):
        rows = self.model._base_manager.order_by().filter(pk=object_id) if object_id < LARGEST else None
        record = (rows.select_for_update() if locked else rows).first() if rows is not None else None
        if record is None:
            raise Http404
        return record

    def _asked(self, request, record, act: Act):
        form = act.form(self, request, record)
        if request.method == "POST" and form.is_valid():
            made, changes = carry_out_act(act, form, by=request.user, source=source_of_all(request))
            if token := token_of(request.POST.get("once", "")):
                AddedOnce.note(token, changes[0] if changes else made, "")
            if changes:
                return self._lead_to_waiting(request, changes)
            self.message_user(request, _("Saved: %(record)s.") % {"record": made}, messages.SUCCESS)
            return self._lead_to_row(request, made)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "record": record, "form": form}
        context |= {"title": act.label(record), "help": act.help(record), "media": self.media + form.media}
        context["once"] = token_of(request.POST.get("once", "")) or uuid.uuid4()
        context["bar"] = bar_above(request, ACT_FORM)
        context["record_url"] = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])
        return render(request, "admin/act.html", context)

    def _lead_to_waiting(self, request, changes: list):
        tell_waiting(self, request, changes)
        return redirect(address_of_record(changes[0]))

    def _lead_to_row(self, request, row):
        page = self.admin_site.get_model_admin(type(row))
        if not page.has_view_or_change_permission(request, row):
            return redirect("admin:index")
        return redirect(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", row.pk)


def act_form(page, request, model, form: type[CarefulForm], fields: tuple[str, ...]) -> type[CarefulForm]:
    """A form of some fields of a model, each as the model's own admin page shows it."""
    shown = partial(page.admin_site.get_model_admin(model).formfield_for_dbfield, request=request)
    return forms.modelform_factory(model, form=form, fields=fields, formfield_callback=shown)

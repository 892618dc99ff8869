"""One form makes its records once, however often it is sent; what was typed since is shown again, and never lost."""

import hashlib
import uuid

from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fengtai.admin.guards.keys import is_key
from fengtai.importing.taking.rights import may_view
from fengtai.records.added_once import AddedOnce, token_of


class SavingOnce:
    """For admin classes: forms that add a record, and forms that add rows to one."""

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method == "POST":
            request.said = _digest(request)  # before files are read and moved
        used = self._used(request, object_id)
        if used is None:
            return super()._changeform_view(request, object_id, form_url, extra_context)
        made = getattr(used.record, "record", None) or used.record  # of a pending change what it is of
        if self._is_ours(made, object_id) and used.digest == request.said:
            return self._lead_to(request, made)
        request.POST = request.POST.copy()
        request.POST["once"] = str(uuid.uuid4())
        request.told_first = _told(request.user, made)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def _used(self, request, object_id) -> AddedOnce | None:
        """What a form made when it was sent before, for those who may send it."""
        may_send = self.has_add_permission(request) if object_id is None else self.has_change_permission(request)
        token = token_of(request.POST.get("once", "")) if may_send else None
        return AddedOnce.objects.filter(token=token).first() if token else None

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """What was typed into a record that somebody deleted meanwhile is shown again, to make it anew."""
        if not hasattr(request, "said") or not self._was_there(object_id) or not self.has_add_permission(request):
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        request.told_first = _(
            "Somebody deleted this record meanwhile. To make it anew with what you typed save again."
        )
        add = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super()._changeform_view(request, None, add, None)

    def _was_there(self, object_id) -> bool:
        if not is_key(object_id) or self.model._base_manager.filter(pk=int(object_id)).exists():
            return False  # or is there, and not shown to everybody
        return self.model.history.filter(id=int(object_id)).exists()

    def _is_ours(self, made: models.Model | None, object_id) -> bool:
        return isinstance(made, self.model) and object_id in (None, str(made.pk))

    def _lead_to(self, request, made: models.Model):
        if "_popup" in request.POST:
            return self.response_add(request, made)
        self.message_user(request, _("This form was saved already: here is the record that it made."), messages.WARNING)
        if self.has_view_or_change_permission(request, made):
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", made.pk)
        return redirect("admin:index")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        told = getattr(request, "told_first", "")
        return type(form)(form.__name__, (form,), {"told_first": told}) if told else form

    def render_change_form(self, request, context, obj=None, **kwargs):
        once = token_of(request.POST.get("once", "")) or uuid.uuid4()
        return super().render_change_form(request, {**context, "once": once}, obj=obj, **kwargs)

    def construct_change_message(self, request, form, formsets, add=False):
        """Noted, once all is saved, where something was added: all else may be sent twice without harm."""
        said = super().construct_change_message(request, form, formsets, add)
        token = token_of(request.POST.get("once", ""))
        if token and (add or any(formset.new_objects for formset in formsets)):
            held = getattr(request, "held", None)
            AddedOnce.note(token, held.changes[0] if held and held.changes else form.instance, request.said)
        return said


def _told(user, made: models.Model | None) -> str:
    if made is None:
        return _("The record that this form made was deleted meanwhile. To make it again save again.")
    name = str(made) if may_view(user, type(made)) else made._meta.verbose_name
    return _("This form was saved already as %(record)s. To add another save again.") % {"record": name}


def _digest(request: HttpRequest) -> str:
    """Of all that a form says; which button sent it does not matter."""
    digest = hashlib.sha256()
    for name, said in sorted(request.POST.lists()):
        if name not in ("csrfmiddlewaretoken", "once") and not name.startswith("_"):
            digest.update(repr((name, said)).encode("utf-8", "surrogatepass"))
    for name, file in sorted(request.FILES.items()):
        file.seek(0)
        digest.update(repr((name, file.name, hashlib.sha256(file.read()).hexdigest())).encode())
        file.seek(0)
    return digest.hexdigest()

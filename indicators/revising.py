"""The button 修订此数: a new figure, a draft as any other, that names what it replaces and why."""

from django.forms import ValidationError
from django.utils.translation import gettext as _

from fengtai.admin.acts import Act, act_form
from fengtai.admin.record_forms import CarefulForm
from indicators.models import Observation

ASKED = ("value", "growth", "vintage", "reason")
KEPT = ("indicator", "scope", "period", "growth_basis", "coverage")  # what a revision has in common with the old


class RevisionForm(CarefulForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True

    def clean(self):
        cleaned = super().clean()
        old = self.instance.supersedes
        if not self._errors and all(
            str(cleaned.get(name) or "") == str(getattr(old, name) or "") for name in ASKED[:3]
        ):
            self.add_error("value", ValidationError(_("Nothing differs from what it replaces."), code="no_revision"))
        return cleaned


class Revision(Act):
    name = "revise"

    def may(self, page, request, record):
        return page.has_add_permission(request)

    def is_possible(self, record):
        """A figure is replaced once; what replaced it may be revised in turn."""
        return not Observation._base_manager.filter(supersedes=record.pk).exists()

    def refusal(self, record):
        new = Observation._base_manager.filter(supersedes=record.pk).first()
        if new is None:
            return super().refusal(record)
        told = _("This figure has a revision already: %(figure)s (%(state)s). Go on with that one.")
        return told % {"figure": new, "state": new.publication_in_words}

    def label(self, record):
        return _("Revise this figure")

    def help(self, record):
        return _(
            "The figure stays as it was published. What you type becomes a draft that replaces it once it is released; "
            "indicator, scope, period and coverage are the same."
        )

    def form(self, page, request, record):
        new = Observation(supersedes=record, **{name: getattr(record, name) for name in KEPT})
        shown = {name: getattr(record, name) for name in ASKED[:3]}
        form = act_form(page, request, Observation, RevisionForm, ASKED)
        return form(request.POST or None, instance=new, initial={**shown, "reason": ""})

    def write(self, form, *, by):
        form.instance._history_user = by
        return form.save()

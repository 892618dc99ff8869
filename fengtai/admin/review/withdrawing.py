"""The page that asks why something public is to be withdrawn: somebody else releases that, but in an emergency."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fengtai.admin.review.targets import address_of, may_withdraw, opened
from fengtai.importing.taking.rights import CHANGE, may
from fengtai.records.models import Record
from fengtai.records.record import EMBARGOED
from fengtai.review.actions import Refused, withdraw
from fengtai.review.roles import may_administer


class WhyForm(forms.Form):
    why = forms.CharField(label=gettext_lazy("Why"), max_length=100)
    emergency = forms.BooleanField(
        label=gettext_lazy("At once, without a second person: an emergency"),
        required=False,
        help_text=gettext_lazy("For administrators. The trail names you and the reason."),
    )

    def __init__(self, *args, user, record, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_administer(user):
            del self.fields["emergency"]
        elif not may(user, type(record), CHANGE):
            self.fields["emergency"].required = True


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawing(request, kind: str, key: str):
    record = opened(request.user, kind, key)
    if not may_withdraw(request.user, record):
        raise PermissionDenied
    form = WhyForm(request.POST if request.method == "POST" else None, user=request.user, record=record)
    if form.is_valid() and (where := _withdrawn(request, record, form.cleaned_data)):
        return redirect(where)
    context = {
        **admin.site.each_context(request),
        "title": _("Withdraw"),
        "opts": record._meta,
        "record": record,
        "form": form,
        "is_public": record.state == Record.State.PUBLISHED,
        "is_embargoed": record.publication_state == EMBARGOED,
    }
    return TemplateResponse(request, "admin/review/withdraw.html", context, status=400 if form.errors else 200)


def _withdrawn(request, record: Record, said: dict) -> str:
    """Where to go on; nowhere where it was refused."""
    try:
        change = withdraw(record, by=request.user, why=said["why"], emergency=said.get("emergency", False))
    except Refused as refused:
        messages.error(request, str(refused))
        return ""
    if change is None:
        messages.success(request, _("%(record)s is withdrawn: readers see it no more.") % {"record": record})
        return address_of(record)
    told = _("The withdrawal of %(record)s waits for somebody else. Until then readers see it.")
    messages.success(request, told % {"record": record})
    return address_of(change)

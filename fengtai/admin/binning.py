"""Deleting in the admin: what was never public goes into the bin, what once was public is withdrawn instead."""

from django.contrib import messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fengtai.admin.holding import why_given
from fengtai.records.models import Record
from fengtai.records.revisions import was_ever_released
from fengtai.review.bin import put_in

FORBIDDEN = 403
LISTED = 10  # names in a message
SHOWN = (Record.State.PUBLISHED, Record.State.WITHDRAWN)


class Binning:
    """For admin classes of records and their parts."""

    def delete_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if record is not None and self.has_delete_permission(request, record) and once_public([record]):
            return self._not_deleted(request, record)
        return super().delete_view(request, object_id, extra_context)

    def get_actions(self, request):
        found = super().get_actions(request)
        if "delete_selected" in found and issubclass(self.model, Record):
            _function, name, description = found["delete_selected"]
            found["delete_selected"] = (delete_never_public, name, description)
        return found

    def delete_model(self, request, obj):
        self._put_and_delete(request, [obj])

    def delete_queryset(self, request, queryset):
        self._put_and_delete(request, queryset.order_by("pk"))

    @transaction.atomic
    def _put_and_delete(self, request, records):
        why = why_given(request)
        for record in records:
            if put_in(record, by=request.user, why=why):
                record._change_reason = why
                super().delete_model(request, record)
        link = format_html('<a href="{}">{}</a>', reverse("admin:fengtai_binentry_changelist"), _("bin"))
        self.message_user(request, format_html("{} {}", _("What was deleted can be restored from here:"), link))

    def _not_deleted(self, request, record):
        """Says why, and leads to the withdrawal."""
        may_withdraw = record.state == Record.State.PUBLISHED and self.has_change_permission(request, record)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Withdraw instead of deleting"),
            "record": record,
            "withdraw_url": reverse("review_withdraw", args=[record._meta.label_lower, record.pk])
            if may_withdraw
            else "",
            "list_url": reverse(f"{name}_changelist"),
            "change_url": reverse(f"{name}_change", args=[record.pk]),
        }
        status = FORBIDDEN if request.method == "POST" else 200
        return TemplateResponse(request, "admin/not_deleted.html", context, status=status)


def once_public(records) -> list[Record]:
    """Those that the public could see, now or before."""
    found = [record for record in records if isinstance(record, Record)]
    return [record for record in found if record.state in SHOWN or was_ever_released(record)]


def delete_never_public(page, request, queryset):
    """The list's action: leaves out what once was public, and says so."""
    public = once_public(queryset)
    if not public:
        return delete_selected(page, request, queryset)
    names = _(", ").join(str(record) for record in public[:LISTED]) + (" …" if len(public) > LISTED else "")
    told = _("Once public, and so not deleted but to be withdrawn: %(names)s.")
    page.message_user(request, told % {"names": names}, messages.WARNING)
    others = queryset.exclude(pk__in=[record.pk for record in public])
    return delete_selected(page, request, others) if others.exists() else None

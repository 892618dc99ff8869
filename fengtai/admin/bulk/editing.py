"""The pages of a bulk edit: the field, its value and why, the preview, and what became of it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fengtai.admin.bulk.asking import LONGEST, MOST, Sent, seen_text
from fengtai.admin.bulk.changing import change
from fengtai.admin.bulk.outcomes import REFUSED, SAME, WAITS, WRITTEN, Report
from fengtai.admin.guards.keys import is_key
from fengtai.review.actions import each, submit
from fengtai.review.pending import PendingChange

CHOOSE, VALUE, PREVIEW, CONFIRM, SUBMIT = "choose", "value", "preview", "confirm", "submit"


class BulkEditing:
    """For admin classes of records and their parts."""

    def get_actions(self, request):
        found = super().get_actions(request)
        if self.has_change_permission(request):
            found["edit_field"] = self.get_action("edit_field")
        return found

    @admin.action(permissions=["change"], description=gettext_lazy("Change one field…"))
    def edit_field(self, request, queryset):
        keys = list(queryset.order_by().values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            told = _("At most %(count)d rows are changed at a time: narrow the list down with its filters.")
            self.message_user(request, told % {"count": MOST}, messages.WARNING)
            return None
        return self._shown(Sent(self, request, request.POST.__class__(mutable=True), sorted(keys)), CHOOSE)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_bulk"
        return [path("bulk/", self.admin_site.admin_view(self.bulk_view), name=name), *super().get_urls()]

    def bulk_view(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        step = request.POST.get("step", "")
        if step == SUBMIT:
            return self._submit_all(request)
        sent = Sent.of(self, request)
        if request.method != "POST" or not sent.keys:
            return redirect(self._list_address())
        if sent.field is None or step == CHOOSE:
            return self._shown(sent, CHOOSE)
        asked = sent.asked() if step in (PREVIEW, CONFIRM) else None
        if asked is None:
            return self._shown(sent, VALUE, status=400 if sent.problems else 200)
        if step == PREVIEW or asked.seen is None:
            asked.seen = None
            return self._shown(sent, PREVIEW, change(asked, trial=True))
        return self._shown(sent, CONFIRM, change(asked))

    def _shown(self, sent: Sent, step: str, report: Report | None = None, status: int = 200):
        context = {
            **self.admin_site.each_context(sent.request),
            "opts": self.opts,
            "title": _("Change one field"),
            "step": step,
            "sent": sent,
            "longest": LONGEST,
            "keys": ",".join(map(str, sent.keys)),
            "count": len(sent.keys),
            "address": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_bulk"),
            "list_address": self._list_address(),
            "media": self.media + sent.form.media if sent.form is not None else self.media,
            "value": sent.bound() if step == VALUE else None,
            **(_told(report, sent) if report is not None else {}),
        }
        return TemplateResponse(sent.request, "admin/bulk/edit.html", context, status=status)

    def _list_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _submit_all(self, request):
        """What came of the edit, if it is still one's own and unsent."""
        keys = [int(text) for text in request.POST.get("changes", "").split(",") if is_key(text)][:MOST]
        mine = PendingChange.objects.filter(pk__in=keys, author=request.user).order_by("pk")
        done, refused = each(mine, lambda one: submit(one, by=request.user))
        if done:
            told = ngettext(
                "%(count)d change waits for its review now.", "%(count)d changes wait for their review now.", len(done)
            )
            self.message_user(request, told % {"count": len(done)}, messages.SUCCESS)
        for one, error in refused[:10]:
            self.message_user(request, f"{one}: {error}", messages.WARNING)
        return redirect(self._list_address())


def _told(report: Report, sent: Sent) -> dict:
    gone = len(sent.keys) - len(report.outcomes)
    return {
        "seen": seen_text(report.outcomes),
        "changing": report.those(WRITTEN, WAITS),
        "written": len(report.those(WRITTEN)),
        "waits": len(report.those(WAITS)),
        "same": report.those(SAME),
        "refused": report.those(REFUSED),
        "gone": gone,
        "changes": report.changes,
        "change_keys": ",".join(str(one.pk) for one in report.changes),
    }

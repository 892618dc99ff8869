"""Publication as staff see it: a record's state in words, whether a part is held back, and what a list can do."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fengtai.records.models import Part
from fengtai.review.actions import RELEASE, SUBMIT, WITHDRAW, each, submit, withdraw
from fengtai.review.releasing import release_all
from fengtai.review.terms import PERMISSION, Terms

NAMES = ("held_back", "doubt", "checked_on", "seen_version")
ACTED_UPON = {"state", "publish_at"}  # by buttons, never typed
LISTED = 10  # those refused, each with its reason


class ActUponRows(ActionForm):
    """What to do, with the rows marked or with all that answer."""

    select_across = forms.BooleanField(label=_("all rows that answer, on every page"), required=False)


class ActWithReason(ActUponRows):
    """Beside the choice of what to do with the rows marked stands why."""

    why = forms.CharField(
        label=_("why"), max_length=100, required=False, widget=forms.TextInput({"aria-label": _("why")})
    )


class Publishing:
    """For admin classes of records and of parts with facts of their own."""

    actions = ("submit_for_review", "release", "withdraw")

    @property
    def is_part(self) -> bool:
        return issubclass(self.model, Part)

    @property
    def action_form(self):
        return ActUponRows if self.is_part else ActWithReason

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name not in ACTED_UPON]

    def get_fieldsets(self, request, obj=None):
        names = self.get_fields(request, obj)
        own = [name for name in names if name not in NAMES]
        if "name_en" in own:
            own.sort(key=lambda name: name not in ("name", "title"))  # a name before its translation
        checked = [name for name in NAMES if name in names]
        heading = _("Publication") if "held_back" in checked else _("Checking")
        return [(None, {"fields": own}), (heading, {"fields": checked})]

    def get_actions(self, request):
        """A part goes with its owner."""
        found = super().get_actions(request)
        acts = Publishing.actions if self.is_part else ()
        return {name: action for name, action in found.items() if name not in acts}

    @admin.action(permissions=["change"], description=SUBMIT)
    def submit_for_review(self, request, queryset):
        why = self._why(request)
        self._act(request, SUBMIT, queryset, lambda record: submit(record, by=request.user, why=why))

    @admin.action(permissions=["release"], description=RELEASE)
    def release(self, request, queryset):
        """Warnings are asked about on the page of what waits; here they refuse."""
        done, refused = release_all(queryset, Terms(by=request.user, why=self._why(request)))
        self._tell(request, RELEASE, done, refused)

    @admin.action(permissions=["change"], description=WITHDRAW)
    def withdraw(self, request, queryset):
        why = self._why(request)
        self._act(request, WITHDRAW, queryset, lambda record: withdraw(record, by=request.user, why=why))

    def has_release_permission(self, request) -> bool:
        return request.user.has_perm(PERMISSION)

    def _why(self, request) -> str:
        return request.POST.get("why", "").strip()

    def _act(self, request, name: str, queryset, act) -> None:
        self._tell(request, name, *each(queryset, act))

    def _tell(self, request, name: str, done: list, refused: list) -> None:
        if done:
            said = ngettext("%(act)s: %(count)d record.", "%(act)s: %(count)d records.", len(done))
            self.message_user(request, said % {"act": name, "count": len(done)}, messages.SUCCESS)
        for record, error in refused[:LISTED]:
            self.message_user(request, f"{record}（{record.publication_in_words}）: {error}", messages.WARNING)
        if len(refused) > LISTED:
            said = _("%(act)s was refused for %(count)d more records.")
            self.message_user(request, said % {"act": name, "count": len(refused) - LISTED}, messages.WARNING)

"""The few fields of an account. What a person may do follows from their roles; single permissions are nowhere shown."""

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengtai.admin.imports.links_field import LinksField
from fengtai.records.text_rules import check_text
from fengtai.review.accounts.keeping import Said, against, roles_of, seen_of, work_group_model, work_groups_of
from fengtai.review.roles import ADMINISTRATOR, PROGRAMME_OFFICE, READER, REVIEWER, ROLES, STATISTICS, WORK_GROUP
from fengtai.values.translatable import N_

MEANT = {
    PROGRAMME_OFFICE: N_("enters and changes all records"),
    WORK_GROUP: N_("enters and changes the records of its own industries"),
    STATISTICS: N_("enters and revises figures, with their sources"),
    REVIEWER: N_("checks what others entered, and releases it"),
    READER: N_("looks at everything but whom to call"),
    ADMINISTRATOR: N_("keeps accounts, and acts alone in an emergency"),
}


def role_choices() -> list[tuple[str, str]]:
    return [(role, format_html("{} <span>{}</span>", _(role), _(MEANT[role]))) for role in ROLES]


class AccountForm(forms.ModelForm):
    by = None  # who keeps it

    first_name = forms.CharField(
        label=capfirst(pgettext_lazy("person", "name")),
        max_length=30,
        validators=[check_text],
        help_text=gettext_lazy("As colleagues know them; others read it beside what they did."),
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        choices=role_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Of several roles a person has all rights."),
    )
    work_groups = LinksField(
        label=gettext_lazy("Work groups"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Whose industries' records they keep; for the role of a work group alone."),
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # the account as the page showed it

    class Meta:
        model = User
        fields = ("first_name", "username", "is_active")
        labels = {"username": gettext_lazy("Sign-in name"), "is_active": gettext_lazy("May sign in")}
        help_texts = {
            "username": gettext_lazy("Letters, digits and @ . + - _ ; it is typed at every sign-in."),
            "is_active": gettext_lazy("Without it every session of theirs ends at once. What they did stays."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["work_groups"].queryset = work_group_model()._base_manager.order_by("name")
        if not self.instance.pk:
            del self.fields["seen"]
        else:
            self.initial["seen"] = seen_of(self.instance)
            self.initial["roles"] = roles_of(self.instance)
            self.initial["first_name"] = self.instance.get_full_name()
            self.initial["work_groups"] = list(work_groups_of(self.instance).values_list("pk", flat=True))
            self.fields["roles"].required = not self.instance.is_superuser

    def clean(self):
        said = super().clean()
        is_clerk, chosen = WORK_GROUP in said.get("roles", ()), said.get("work_groups")
        if "roles" in said and is_clerk and not chosen:
            self.add_error("work_groups", ValidationError(self._none_chosen(), code="required"))
        if "roles" in said and chosen and not is_clerk:
            told = _("Only somebody with the role of a work group belongs to one.")
            self.add_error("work_groups", ValidationError(told, code="no_clerk"))
        if not self._errors:
            for field, told in against(self.instance, self.said, by=self.by).items():
                self.add_error(field, ValidationError(told, code="locked_out"))
                self._saved_again_it_stands()
        return said

    def _saved_again_it_stands(self):
        """Whoever was told what somebody else wrote meanwhile has seen it."""
        if "seen" in self.fields:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = seen_of(self.instance)

    def _none_chosen(self) -> str:
        if self.fields["work_groups"].queryset.exists():
            return _("Choose the work groups whose records this person keeps.")
        return _("No work group is on file yet: the programme office enters it first.")

    @property
    def said(self) -> Said:
        found = self.cleaned_data
        active = found.get("is_active", True)
        groups, seen = list(found["work_groups"]), found.get("seen", "")
        return Said(found["first_name"], found["username"], found["roles"], groups, active, seen)

    def save(self, commit=True):
        """The page writes all of it at once."""
        return self.instance

    def save_m2m(self):
        pass

"""The office's answer to a report."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.records.text_rules import check_text
from fengtai.review.corrections.models import ANSWER, Correction
from fengtai.review.corrections.numbers import read_number
from fengtai.review.corrections.subjects import may_answer

State = Correction.State


class AnswerForm(forms.Form):
    """Which answer it is tells what has to be said with it."""

    state = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[("", "—"), *((one.value, one.label) for one in State if one not in Correction.OPEN)],
    )
    said = forms.CharField(
        label=gettext_lazy("In a sentence"),
        max_length=ANSWER,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        validators=[check_text],
        help_text=gettext_lazy(
            "Of what was corrected it is public, on the record's page and among the corrections; why a report is not"
            " taken is read by whoever asks by its number. Name nobody, and repeat nothing that the reader wrote."
        ),
    )
    same_as = forms.CharField(
        label=gettext_lazy("Number of the first report, where it was reported before"), max_length=40, required=False
    )
    elsewhere = forms.BooleanField(
        label=gettext_lazy("It was put right elsewhere; of this record nothing changed"), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_said(self):
        return " ".join(self.cleaned_data["said"].split())

    def clean_same_as(self):
        """A report of theirs, by its number."""
        typed = self.cleaned_data["same_as"]
        if not typed:
            return None
        found = Correction.objects.filter(number=read_number(typed) or "-").first()
        if found is None or not may_answer(self.user, [found]):
            raise ValidationError(_("There is no report of this number."), code="unknown")
        return found

    def clean(self):
        said, state = super().clean(), self.cleaned_data.get("state")
        if state == State.DUPLICATE:
            if not said.get("same_as") and "same_as" not in self.errors:
                self.add_error("same_as", _("Which report said it first?"))
        elif state and not said.get("said") and "said" not in self.errors:
            self.add_error("said", _("Say it in a sentence: whoever asks by the number reads it."))
        return {**said, "same_as": said.get("same_as") if state == State.DUPLICATE else None}

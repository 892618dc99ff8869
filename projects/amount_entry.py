"""How an amount is typed: its own words choose its kind (协议投资额约3.5亿元), and contradict another."""

from django import forms

from fengtai.admin.record_forms import RecordForm
from fengtai.values.labels import split_label
from projects.models import Amount


class AmountForm(RecordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].required = False  # the words of the figure may say it

    def clean(self):
        cleaned = super().clean()
        if "kind" in self.fields and "kind" not in self._errors:
            self._settle_kind(cleaned)
        return cleaned

    def _settle_kind(self, cleaned: dict) -> None:
        text = str(self.data.get(self.add_prefix("figure"), ""))
        said = Amount.kinds_said(text)
        cleaned["kind"] = cleaned.get("kind") or next(iter(said), "")
        if not cleaned["kind"]:
            self.add_error("kind", forms.ValidationError(self.fields["kind"].error_messages["required"], "required"))
        elif error := Amount.contradiction(split_label(text)[0], cleaned["kind"]):
            self.add_error("kind", error)  # of what stays with the figure the model speaks

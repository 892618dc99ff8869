"""How a figure with a kind is typed: its own words choose the kind (协议投资额约3.5亿元), and contradict another."""

from django import forms

from fengtai.admin.near_names import NamedForm
from fengtai.admin.record_forms import RecordForm
from fengtai.importing.reading.choice_fields import spoken
from fengtai.values.figures import FigureError, parse_figure
from fengtai.values.labels import Labelled
from projects.models import Amount, Place
from projects.models.labelled_figures import contradiction


class LabelledEntry:
    """For a form: its fields by name, of the figure, of the kind, and of the words that the source has for the kind."""

    figure, kind, words = "figure", "kind", "kind_as_printed"
    needs_kind = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.kind in self.fields:
            self.fields[self.kind].required = False  # the words of the figure may say it

    def clean(self):
        cleaned = super().clean()
        if self.kind in self.fields and self.kind not in self._errors:
            self._settle_kind(cleaned)
        return cleaned

    def _settle_kind(self, cleaned: dict) -> None:
        labels = self._meta.model._meta.get_field(self.figure).labels
        text = str(self.data.get(self.add_prefix(self.figure), "")).strip()
        typed = _typed(labels, text)
        cleaned[self.kind] = cleaned.get(self.kind) or next(iter(labels.kinds_around(text)), "") or typed.kind
        if cleaned[self.kind]:
            self._agree(labels, cleaned, typed.words)
        elif self.needs_kind:
            told = self.fields[self.kind].error_messages["required"]
            self.add_error(self.kind, forms.ValidationError(told, "required"))

    def _agree(self, labels, cleaned: dict, words: str) -> None:
        """Of what stays with the figure the model speaks."""
        if error := contradiction(labels, self.kinds, words, cleaned[self.kind]):
            self.add_error(self.kind, error)
        elif words and words not in spoken(self._meta.model._meta.get_field(self.kind), cleaned[self.kind]):
            cleaned[self.words] = cleaned.get(self.words) or words


def _typed(labels, text: str) -> Labelled:
    try:
        return labels.one(text, parse_figure)
    except FigureError:
        return Labelled("", "", text)  # the field itself tells why


class AmountForm(LabelledEntry, RecordForm):
    kinds, needs_kind = Amount.Kind, True


class PlaceAreaForm(LabelledEntry, RecordForm):
    kinds = Place.AreaKind


class PlaceForm(LabelledEntry, NamedForm):
    figure, kind, words, kinds = "area", "area_kind", "area_kind_as_printed", Place.AreaKind

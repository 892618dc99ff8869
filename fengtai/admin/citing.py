"""The citations on a record's page: each proves the record, or one of what its form and its list show of it."""

from django import forms
from django.contrib.contenttypes.admin import GenericTabularInline

from fengtai.admin.row_forms import RowForm
from fengtai.admin.row_sets import CitationFormSet
from fengtai.records.models import Citation
from fengtai.records.proving import provable_fields


class CitationForm(RowForm):
    """What a citation proves already stays a choice, also where nothing shows it any more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer(self.initial.get("field", ""))

    def _meet_the_other(self, theirs):
        self._offer(theirs.field)
        super()._meet_the_other(theirs)

    def _offer(self, stored: str):
        if stored and not self.fields["field"].valid_value(stored):
            self.fields["field"].choices = [*self.fields["field"].choices, (stored, stored)]


class CitingRows(GenericTabularInline):
    model = Citation
    form = CitationForm
    formset = CitationFormSet

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The field proved is one of what is shown of the record."""
        if db_field.name == "field":
            choices = [("", "—"), *provable_fields(self.parent_model).items()]
            named = forms.Select(attrs={"aria-label": db_field.verbose_name})
            return forms.ChoiceField(choices=choices, required=False, label=db_field.verbose_name, widget=named)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

"""The citations on a record's page: each proves the record, or one of what its form and its list show of it."""

from django import forms
from django.contrib.contenttypes.admin import GenericTabularInline

from fengtai.admin.record_forms import RowForm
from fengtai.admin.row_sets import CitationFormSet
from fengtai.lists.site import site_lists
from fengtai.records.models import Citation, Record


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
            choices = [("", "—"), *provable(self.parent_model).items()]
            named = forms.Select(attrs={"aria-label": db_field.verbose_name})
            return forms.ChoiceField(choices=choices, required=False, label=db_field.verbose_name, widget=named)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def provable(model) -> dict:
    """What a citation of a record may prove, by its name: fields, columns of its lists, rows that point to it."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    found = {field.name: field.verbose_name for field in fields if field.editable and not field.primary_key}
    for table in [page.table for page in site_lists() if page.table.model() is model]:
        found = {name: table.lazy_label(name) for name in table.declared()} | found
    found = found | {name: label for name, label in _rows_that_point_to(model).items() if name not in found}
    common = {field.name for field in Record._meta.get_fields()} | {"sources"}  # of publication, not of the record
    return {name: label for name, label in found.items() if name not in common}


def _rows_that_point_to(model) -> dict:
    """Rows of other models, as the sources name them; not those that only staff see."""
    return {
        relation.get_accessor_name(): relation.related_model._meta.verbose_name_plural
        for relation in model._meta.related_objects
        if relation.get_accessor_name() and not getattr(relation.related_model, "staff_only", False)
    }

"""The button that begins a new record with what another says: its own fields, but nothing that belongs to it alone."""

from django.db.models import FileField, SlugField
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils.translation import gettext as _

from fengtai.admin.guards.keys import is_key
from fengtai.admin.publication import NAMES
from fengtai.records.naming.naming_fields import naming_field

COPY_OF = "copy_of"  # in the address of the form that adds


class Copied:
    """For admin classes of records."""

    not_copied: tuple[str, ...] = ()  # fields that speak of the record itself

    def tools_of(self, request, record):
        found = super().tools_of(request, record)
        if self.has_add_permission(request) and self.has_view_or_change_permission(request, record):
            where = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
            found.append((_("Copy as a new record"), f"{where}?{COPY_OF}={record.pk}"))
        return found

    def get_changeform_initial_data(self, request):
        """What the record says that is copied, and over it what the address says."""
        said = super().get_changeform_initial_data(request)
        key = said.pop(COPY_OF, "")
        record = self.model._base_manager.filter(pk=key).first() if is_key(key) else None
        if record is None or not self.has_view_or_change_permission(request, record):
            return said
        return {**model_to_dict(record, fields=self._copied(request)), **said}

    def _copied(self, request) -> list[str]:
        """A name stays for the person to change; a code, a file and what only one record may say do not."""
        fields = [*self.opts.concrete_fields, *self.opts.many_to_many]
        named = naming_field(self.model)
        left = {*NAMES, *self.not_copied, *self.get_readonly_fields(request)}
        own = [field for field in fields if field.name not in left and not isinstance(field, FileField | SlugField)]
        return [field.name for field in own if field.editable and (not field.unique or field.name == named)]

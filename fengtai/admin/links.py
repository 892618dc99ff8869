"""Links as forms choose them by typing: what is sent and is no key is told at the field, and not looked for."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms import ModelMultipleChoiceField

from fengtai.import_pages.admin_lists import is_key


class KeysAlone:
    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [one for one in value if not one or is_key(str(one))], attr)


class TypedLink(KeysAlone, AutocompleteSelect):
    pass


class TypedLinks(KeysAlone, AutocompleteSelectMultiple):
    pass


class LinksField(ModelMultipleChoiceField):
    def _check_values(self, value):
        for one in value if isinstance(value, list | tuple) else ():
            if not is_key(str(one)):
                params = {"pk": one}
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params=params)
        return super()._check_values(value)

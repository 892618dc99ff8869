"""Several links sent by a form: what is no key is told at the field, and not looked for."""

from django.core.exceptions import ValidationError
from django.forms import ModelMultipleChoiceField

from fengtai.admin.guards.keys import is_key


class LinksField(ModelMultipleChoiceField):
    def _check_values(self, value):
        for one in value if isinstance(value, list | tuple) else ():
            if not is_key(str(one)):
                params = {"pk": one}
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params=params)
        return super()._check_values(value)

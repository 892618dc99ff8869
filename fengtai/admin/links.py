"""Links as forms choose them by typing: what is sent and is no key is told at the field, and not looked for."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Model
from django.forms import BaseModelForm

from fengtai.admin.guards.keys import is_key


class KeysAlone:
    """`known` are records at hand, by their keys: what is chosen among them is not looked up once more."""

    known: dict[str, Model] = {}

    def optgroups(self, name, value, attr=None):
        keys = [one for one in value if not one or is_key(str(one))]
        if not {str(key) for key in keys if key} <= self.known.keys():
            return super().optgroups(name, keys, attr)
        offered = [] if self.is_required or self.allow_multiple_selected else [("", "")]
        chosen = [one for key, one in self.known.items() if key in {*map(str, keys)}]
        offered += [(one.pk, self.choices.field.label_from_instance(one)) for one in chosen]
        return [(None, [self.create_option(name, *one, bool(one[0]), at) for at, one in enumerate(offered)], 0)]


class TypedLink(KeysAlone, AutocompleteSelect):
    pass


class TypedLinks(KeysAlone, AutocompleteSelectMultiple):
    pass


def know_links(form: BaseModelForm) -> None:
    """Hands the links of a form the records that its row has at hand."""
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)  # the admin wraps it
        if isinstance(widget, KeysAlone):
            widget.known = {str(one.pk): one for one in _at_hand(form, name)}


def _at_hand(form: BaseModelForm, name: str) -> list[Model]:
    link = form.instance._meta.get_field(name)
    if link.many_to_many:
        return [one for one in form.initial.get(name) or () if isinstance(one, Model)]
    one = link.get_cached_value(form.instance, default=None)
    return [one] if one is not None and link.target_field.primary_key else []

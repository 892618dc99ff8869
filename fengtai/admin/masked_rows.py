"""Rows with personal values on their parent's page: masked until somebody asks, and kept where they are left masked."""

import json

from django.utils.crypto import salted_hmac

from fengtai.admin.row_forms import RowForm
from fengtai.admin.two_editors import value_of
from fengtai.values.masking import masked

SALT = "fengtai.admin.masked_rows"


class MaskedRowForm(RowForm):
    """A masked value that comes back as it was shown stands for what is stored; what is newly typed is shown whole."""

    view_only = False  # whether its reader may not change rows on file

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = {}
        for name in self._personal():
            self.fields[name].prepare_value = self._shown_of(name)
        self._know(self.instance)

    def _personal(self) -> list[str]:
        return [name for name in self._meta.model.personal if name in self.fields]

    def _know(self, row):
        """What is on file of the row; those who only look read it from the row itself."""
        self.stored = {name: value_of(row, name) or "" for name in self._personal() if row.pk}
        if self.view_only:
            for name in self._meta.model.personal:
                setattr(self.instance, name, masked(getattr(self.instance, name)))

    def _shown_of(self, name: str):
        return lambda value: masked(value) if value and value == self.stored.get(name) else value

    def _meet_the_other(self, theirs):
        self._know(theirs)
        self.data = self.data.copy()
        for name, value in self.stored.items():
            if self.data.get(self.add_prefix(name)) == masked(value):
                self.data[self.add_prefix(name)] = value
        super()._meet_the_other(theirs)
        self._know(theirs)

    def _text_of(self, row) -> str:
        """Of a personal value only how it was shown, and a digest that tells whether it is still the same."""
        said = json.loads(super()._text_of(row))
        said |= {name: _token(said[name]) for name in self._personal()}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)

    def _values_in(self, seen: str, theirs) -> dict:
        said = super()._values_in(seen, theirs)
        for name in (name for name in self._personal() if name in said):
            stored = value_of(theirs, name)
            said[name] = stored if said[name] == _token(stored) else said[name].rpartition("#")[0]
        return said


def _token(value) -> str:
    text = str(value or "")
    return f"{masked(text)}#{salted_hmac(SALT, text).hexdigest()[:16]}"


class MaskedRows:
    """For the rows of a model with personal values; `asks` says that those who may view them may ask."""

    @property
    def asks(self) -> bool:
        return bool(getattr(self.model, "personal", ()))

    def get_formset(self, request, obj=None, **kwargs):
        if self.asks:
            looks = {"view_only": not self.has_change_permission(request, obj)}
            kwargs["form"] = type(MaskedRowForm)("MaskedRowForm", (MaskedRowForm,), looks)
        return super().get_formset(request, obj, **kwargs)

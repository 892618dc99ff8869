"""The column of a linked record by which programs tell rows apart: files hold that record's number as well."""

from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import component
from fengtai.lists.record_columns import RecordColumn


class NumberedRecordColumn(RecordColumn):
    """A link whose number stands in sheets beside the name, and whose address stands in JSON beside both."""

    kinds = ("text", "number")

    def headings(self, label):
        return [label, label + str(_(" (platform number)"))]

    def keys(self, name):
        return [f"{name}.name", f"{name}.id"]

    def cells(self, value):
        return [None, None] if value is None else [self.text(value), value.pk]

    def data(self, value, root=""):
        """`root` is where the site stands."""
        if value is None:
            return None
        return {**super().data(value), "record_url": f"{root}{value.address}" if value.address else None}

    def schema(self, model, name):
        return {**super().schema(model, name), **component("LinkedRecord")}

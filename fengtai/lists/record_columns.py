"""The column of one linked record."""

from django.db.models import Case, F, When

from fengtai.lists.columns import Column, component
from fengtai.records.links import Link, address_of, link_maker, not_stated
from fengtai.records.paths import end_of, linked_model


class RecordColumn(Column):
    """A link to another record; one that is not public is not shown.

    `itself` links to the row's own record; `show` names the linked record whose label is printed for it.
    """

    def __init__(self, *args, itself=False, show="", **kwargs):
        self.itself, self.show = itself, show
        super().__init__(*args, **kwargs)

    def target(self, model, name):
        """The model of the records that it links to."""
        return model if self.itself else linked_model(model, self.path(name))

    def select(self, model, name):
        path, target = "" if self.itself else f"{self.path(name)}__", self.target(model, name)
        shown, prefix = end_of(target, path, self.show)
        key = F(f"{path}pk") if self.itself else Case(When(target.public_condition(path), then=F(f"{path}pk")))
        doubt = [f"{path}doubt"] if self.itself else []
        return [key, *doubt, *shown.label_columns(prefix)]

    def reader(self, model, name):
        target = self.target(model, name)
        label, list_name = linked_model(target, self.show).label, target.list_name
        if self.itself:
            return lambda v: Link(v[0], label(*v[2:]), address_of(list_name, v[0]), v[1])
        return lambda v: None if v[0] is None else Link(v[0], label(*v[1:]), address_of(list_name, v[0]))

    def cell(self, model, name):
        target = self.target(model, name)
        label, link, nothing = linked_model(target, self.show).label, link_maker(target.list_name), not_stated()
        with_doubt = super().cell(model, name)
        if self.itself:
            return lambda v: with_doubt(v) if v[1] else link(v[0], label(*v[2:]))
        return lambda v: nothing if v[0] is None else link(v[0], label(*v[1:]))

    def html(self, value):
        return not_stated() if value is None else value.html()

    def data(self, value):
        return None if value is None else {"id": value.pk, "name": value.text}

    def schema(self, model, name):
        return component("Record")

"""The column of one linked record."""

from django.db.models import Case, CharField, F, Value, When

from fengtai.lists.columns import Column, component
from fengtai.records.kept import Kept
from fengtai.records.links import Link, Pages, not_stated, public_pages, staff_pages
from fengtai.records.paths import end_of, linked_model


class RecordColumn(Column):
    """A link to another record; one that is not public is shown to staff alone.

    `itself` links to the row's own record; `show` names the linked record whose label is printed for it.
    """

    def __init__(self, *args, itself=False, show="", **kwargs):
        self.itself, self.show = itself, show
        super().__init__(*args, **kwargs)

    def sort_by(self, name):
        """By what the column says; a link says nothing that tells an order."""
        return tuple(self.sort or ())

    def target(self, model, name):
        """The model of the records that it links to."""
        return model if self.itself else linked_model(model, self.path(name))

    def select(self, model, name):
        path, target = "" if self.itself else f"{self.path(name)}__", self.target(model, name)
        shown, prefix = end_of(target, path, self.show)
        key = F(f"{path}pk")
        if not self.itself and not self.staff:
            key = Case(When(target.public_condition(path), then=key))
        return [key, *([_doubt(target)] if self.itself else []), *shown.label_columns(prefix)]

    def reader(self, model, name):
        target = self.target(model, name)
        label, pages = linked_model(target, self.show).label, self.pages(target)
        if self.itself:
            return lambda v: Link(v[0], label(*v[2:]), pages.address(v[0]), v[1])
        return lambda v: None if v[0] is None else Link(v[0], label(*v[1:]), pages.address(v[0]))

    def pages(self, target) -> Pages:
        """Where the pages of the records stand that it links to."""
        return staff_pages(target) if self.staff else public_pages(target)

    def cell(self, model, name):
        target = self.target(model, name)
        label, link, nothing = linked_model(target, self.show).label, self.pages(target).html(), not_stated()
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


def _doubt(model):
    return "doubt" if issubclass(model, Kept) else Value("", output_field=CharField())

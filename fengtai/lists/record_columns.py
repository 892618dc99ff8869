"""The column of one linked record."""

from collections.abc import Callable

from django.db.models import Case, CharField, F, Value, When
from django.utils.translation import gettext

from fengtai.lists.columns import Column, component
from fengtai.records.kept import Kept
from fengtai.records.label_marks import marks_of
from fengtai.records.links import Link, Pages, not_stated, public_pages, published_html, staff_pages
from fengtai.records.paths import end_of, linked_model


class RecordColumn(Column):
    """A link to another record; one that is not public is shown to staff alone.

    `itself` links to the row's own record; `show` names the linked record whose label is printed for it, and `called`
    a label of the column's own: an object with `label_columns` and `label`, as a model has them.
    """

    def __init__(self, *args, itself=False, show="", called=None, **kwargs):
        self.itself, self.show, self.called = itself, show, called
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
        shown = self.called or shown
        key = F(f"{path}pk")
        if not self.itself and not self.staff:
            key = Case(When(target.public_condition(path), then=key))
        doubt = [_doubt(target)] if self.itself else []
        shown_key = [F(f"{prefix}pk")] if self.show else []
        address = [F(f"{path}{target.addressed_by}")] if self.by_name(target) else []
        return [key, *doubt, *shown_key, *shown.label_columns(prefix), *address]

    def reader(self, model, name):
        target = self.target(model, name)
        naming, named, at = self.naming(target), self.label_parts(model, name), self.place_of_address(target)
        label, pages, key = naming.label, self.pages(target), self.place_of_key()
        marks = self.marks(target) or (lambda parts: "")
        if self.itself:
            published = _published(naming)
            return lambda v: Link(
                v[key],
                label(*v[named]),
                pages.address(v[at]),
                v[1],
                mark=marks(v[named]),
                published=published(*v[named]),
            )
        return lambda v: (
            None if v[0] is None else Link(v[key], label(*v[named]), pages.address(v[at]), mark=marks(v[named]))
        )

    def label_parts(self, model, name) -> slice:
        """Which of the database columns tell the label."""
        begin = 1 + self.itself + bool(self.show)
        return slice(begin, -1 if self.by_name(self.target(model, name)) else None)

    def place_of_key(self) -> int:
        """Which of the database columns is the key of the record that the label names: the one shown, if any is."""
        return 1 + self.itself if self.show else 0

    def place_of_address(self, target) -> int:
        """Which of the database columns the address is made of."""
        return -1 if self.by_name(target) else 0

    def naming(self, target):
        return self.called or linked_model(target, self.show)

    def marks(self, target) -> Callable | None:
        """What stands behind a name that tells a figure; a row tells its own in columns of their own."""
        if self.itself and not self.called:
            return None
        return marks_of(linked_model(target, self.show), self.called)

    def by_name(self, target) -> bool:
        """Whether the address of a record holds a name in place of its key, which then is read last."""
        return not self.staff and getattr(target, "addressed_by", "pk") != "pk"

    def pages(self, target) -> Pages:
        """Where the pages of the records stand that it links to."""
        return staff_pages(target) if self.staff else public_pages(target)

    def cell(self, model, name):
        target = self.target(model, name)
        naming, named, at = self.naming(target), self.label_parts(model, name), self.place_of_address(target)
        label, link, nothing = naming.label, self.pages(target).html(), not_stated()
        with_doubt = super().cell(model, name)
        if self.marks(target):
            return with_doubt
        if self.itself:
            published = _published(naming)
            return lambda v: (
                with_doubt(v) if v[1] else f"{link(v[at], label(*v[named]))}{published_html(published(*v[named]))}"
            )
        return lambda v: nothing if v[0] is None else link(v[at], label(*v[named]))

    def html(self, value):
        return not_stated() if value is None else value.html()

    def keys(self, name):
        return [f"{name}.name"]

    def data(self, value):
        return None if value is None else {"id": value.pk, "name": self.text(value)}

    def cells(self, value):
        return [None if value is None else self.text(value)]

    def text(self, value: Link) -> str:
        """In files, where the name in English has a column of its own, a record's own name is the published one."""
        return value.published if self.itself and not self.show and value.published else value.text

    def schema(self, model, name):
        """With which list it is joined by its number: the one that holds the record named."""
        listed = getattr(linked_model(self.target(model, name), self.show), "list_name", "")
        if listed:
            told = gettext("`id` is the number of the record named, as in the list `%(list)s`.") % {"list": listed}
        else:
            told = gettext("`id` is the number of what is named, the same in every row; no list holds it.")
        return {"description": told, **component("Record")}


def _doubt(model):
    return "doubt" if issubclass(model, Kept) else Value("", output_field=CharField())


def _published(naming) -> Callable[..., str]:
    """What tells a record's name as published beside the one in English; a label of a column's own has none."""
    return getattr(naming, "published_name", lambda *parts: "")

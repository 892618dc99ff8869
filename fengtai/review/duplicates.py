"""Whether a record may be on file already, under nearly the same name. Nothing is ever merged by it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fengtai.records.findings import Finding, warning
from fengtai.records.naming.name_books import NameBook
from fengtai.records.naming.near_names import near_names
from fengtai.review.gathering import Release


def alike(release: Release) -> Iterator[Finding]:
    """For records that go by several names; titles of lists and reports are alike by nature."""
    book = NameBook(type(release.records[0]))
    if not (book.has_lines or book.related):
        return
    named = list(_named(release, book))
    near = near_names(list({name for _row, _field, name in named} - {""}), book.all_names) if named else {}
    for row, field, name in named:
        others = [one.name for one in near.get(name, ()) if one.key != release.record_of[row].pk]
        if others:
            told = {"names": _(", ").join(dict.fromkeys(others))}
            yield warning(_("Is it on file already, as %(names)s?") % told, row, field)


def _named(release: Release, book: NameBook) -> Iterator[tuple]:
    """The rows that hold a name of a record, with the field and the name."""
    for group in release.groups:
        field = "name" if group.relation else book.name
        if not group.relation or group.relation == book.related:
            yield from ((row, field, getattr(row, field)) for row in group.rows if release.touches(row, field))

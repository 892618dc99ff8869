"""Whether a record may be on file already, under nearly the same name. Nothing is ever merged by it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fengtai.naming.name_books import NameBook
from fengtai.naming.near_names import near_names
from fengtai.records.findings import Finding, warning
from fengtai.review.gathering import Release


def alike(release: Release) -> Iterator[Finding]:
    """For records that go by several names; titles of lists and reports are alike by nature."""
    book = NameBook(type(release.records[0]))
    if not (book.has_lines or book.related):
        return
    names = {record: getattr(record, book.name) for record in release.records}
    near = near_names(list({*names.values()} - {""}), book.all_names)
    for record, name in names.items():
        others = [shown for key, shown in near.get(name, ()) if key != record.pk]
        if others:
            told = {"names": _(", ").join(dict.fromkeys(others))}
            yield warning(_("Is it on file already, as %(names)s?") % told, record, book.name)

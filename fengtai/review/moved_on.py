"""Changes whose author keeps the record no more, since it went elsewhere: the reviewer is asked, and decides."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from fengtai.records.findings import Finding, warning
from fengtai.review.pending import PendingChange
from fengtai.review.scope import outside
from fengtai.review.whose import sentences


def moved_on(changes: Iterable[PendingChange]) -> dict[PendingChange, Finding]:
    """In few statements for all changes of one author."""
    by_author = defaultdict(list)
    for change in changes:
        by_author[change.author].append(change)
    found = {}
    for author, some in by_author.items():
        others = outside(author, [change.top for change in some])
        told = sentences({*others.values()}, len(others)) if others else {}
        for change in (change for change in some if change.top in others):
            whose = told[others[change.top]]
            said = _("%(who)s, who typed this, does not keep the record any more. %(whose)s")
            found[change] = warning(said % {"who": author, "whose": whose}, change)
    return found

"""Who may see an import: a file says what records' pages say, contacts among it.

It is seen by those who may look at all of that by hand, and by whoever brought or took it.
"""

from django.contrib import admin

from fengtai.importing.taking.rights import may_view
from fengtai.lists.site import ListPage, page_of
from fengtai.records.batches import ImportBatch


def may_see(user, batch: ImportBatch) -> bool:
    """Without a user it is whoever runs commands."""
    page = page_of(batch.list_name)
    if page is None or not may_view(user, page.table.model()):
        return False
    return user is None or is_own(user, batch) or sees_all(user, page)


def is_own(user, batch: ImportBatch) -> bool:
    return user.pk is not None and user.pk in (batch.by_id, batch.taken_by_id)


def sees_all(user, page: ListPage) -> bool:
    """Whether a user who may look at a list may also look at all that hangs on its records."""
    inlines = admin.site.get_model_admin(page.table.model()).inlines
    return all(may_view(user, inline.model) for inline in inlines)

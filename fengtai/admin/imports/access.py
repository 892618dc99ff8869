"""Who may see an import, and who may bring one, decide about it, take it and take it back.

A file says what records' pages say, contacts among it: it is seen by those who may look at all of that by hand, and by
whoever brought or took it. Bringing and deciding needs the right to add to the list and to change it; what taking and
undoing need follows from what is written (`importing/taking/rights.py`).
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from fengtai.importing.taking.rights import ADD, CHANGE, may, may_view
from fengtai.importing.taking.seeing import is_own, may_see, sees_all
from fengtai.lists.site import ListPage, page_of, site_lists
from fengtai.records.batches import ImportBatch
from fengtai.review.scope import may_add


def may_import(user, page: ListPage | None) -> bool:
    """Some of its rows, at least: which of them are theirs is asked of the rows."""
    return page is not None and may(user, page.table.model(), ADD, CHANGE) and may_add(user, page.table.model())


def importable_lists(user) -> list[ListPage]:
    return [page for page in site_lists() if may_import(user, page)]


def list_for(user, model) -> ListPage | None:
    """The list that a model's admin page imports into: the one that has its records' pages."""
    return next((page for page in importable_lists(user) if page.detail and page.table.model() is model), None)


def open_list(user, name: str) -> ListPage:
    """A list to be imported into; 404 without it, 403 for those who may not."""
    page = page_of(name)
    if page is None:
        raise Http404
    if not may_import(user, page):
        raise PermissionDenied
    return page


def open_batch(user, uuid) -> ImportBatch:
    """A batch to be looked at; 404 without it, 403 for those who may not."""
    batch = get_object_or_404(ImportBatch.objects.select_related("by", "taken_by"), uuid=uuid)
    if not may_see(user, batch):
        raise PermissionDenied
    return batch


def open_to_decide(user, uuid) -> ImportBatch:
    """A batch to be read again, decided about or taken; 404 without it, 403 for those who may not."""
    batch = open_batch(user, uuid)
    if not may_import(user, page_of(batch.list_name)):
        raise PermissionDenied
    return batch


def must_ask(user, batch: ImportBatch) -> bool:
    """Whether somebody else's file may say whom to call: then it is given to those who ask for it."""
    page = page_of(batch.list_name)
    inlines = admin.site.get_model_admin(page.table.model()).inlines if page is not None else ()
    return not is_own(user, batch) and any(getattr(inline.model, "personal", ()) for inline in inlines)


def batches_for(user):
    """The imports that a user may see; the login page asks for nobody's."""
    if not user.is_authenticated:
        return ImportBatch.objects.none()
    seen = [page for page in site_lists() if may_view(user, page.table.model())]
    whole = [page.name for page in seen if sees_all(user, page)]
    own = Q(by=user) | Q(taken_by=user)
    own &= Q(list_name__in=[page.name for page in seen])
    return ImportBatch.objects.filter(Q(list_name__in=whole) | own).select_related("by")

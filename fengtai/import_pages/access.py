"""Who may import what: staff who may both add to a list and change it. A batch is seen by them alone."""

from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from fengtai.lists.site import ListPage, page_of, site_lists
from fengtai.records.batches import ImportBatch


def may(user, model, *actions: str) -> bool:
    codes = (get_permission_codename(action, model._meta) for action in actions)
    return all(user.has_perm(f"{model._meta.app_label}.{code}") for code in codes)


def may_import(user, page: ListPage | None) -> bool:
    return page is not None and may(user, page.table.model(), "add", "change")


def importable_lists(user) -> list[ListPage]:
    return [page for page in site_lists() if may_import(user, page)]


def list_for(user, model) -> ListPage | None:
    """The list that a model's admin page imports into: the one that has its records' pages."""
    return next((page for page in importable_lists(user) if page.detail and page.table.model() is model), None)


def open_list(user, name: str) -> ListPage:
    page = page_of(name)
    if page is None:
        raise Http404
    if not may_import(user, page):
        raise PermissionDenied
    return page


def open_batch(user, uuid) -> ImportBatch:
    batch = get_object_or_404(ImportBatch.objects.select_related("by"), uuid=uuid)
    if not may_import(user, page_of(batch.list_name)):
        raise PermissionDenied
    return batch


def batches_for(user):
    names = [page.name for page in importable_lists(user)]
    return ImportBatch.objects.filter(list_name__in=names).select_related("by")

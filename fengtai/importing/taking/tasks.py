"""Preview and commit outside the request: at once where the site is embedded, by a worker in production.

Problems are told in the language of whoever asked, which a worker does not know by itself.
"""

from django.contrib.auth import get_user_model
from django.utils.translation import get_language, override
from django_tasks import task

from fengtai.importing.taking import steps
from fengtai.importing.taking.rights import as_of_now
from fengtai.records.batches import ImportBatch


@task(takes_context=True)
def preview_import(context, batch: int, language: str | None = None, by: int | None = None) -> bool:
    with override(language or get_language()):
        return steps.preview(_batch(batch, context), by=_user(by))


@task(takes_context=True)
def commit_import(context, batch: int, by: int | None = None, language: str | None = None, **terms) -> bool:
    """`terms` are those of `steps.commit`."""
    with override(language or get_language()):
        return steps.commit(_batch(batch, context), by=_user(by), **terms)


def _batch(key: int, context) -> ImportBatch:
    """As it was before an attempt that was cut off: the worker, or its database, was lost in the middle of it."""
    batch = ImportBatch.objects.get(pk=key)
    if context.attempt > 1:
        steps.as_before(batch)
    return batch


def _user(key: int | None):
    """One who was deleted meanwhile has no rights; nobody at all would have every right."""
    return as_of_now(get_user_model()(pk=key)) if key is not None else None

"""Preview and commit outside the request: at once where the site is embedded, by a worker in production.

Problems are told in the language of whoever asked, which a worker does not know by itself.
"""

from django.contrib.auth import get_user_model
from django.utils.translation import get_language, override
from django_tasks import task

from fengtai.importing.taking import steps
from fengtai.importing.taking.rights import as_of_now
from fengtai.records.batches import ImportBatch


@task()
def preview_import(batch: int, language: str | None = None, by: int | None = None) -> bool:
    with override(language or get_language()):
        return steps.preview(ImportBatch.objects.get(pk=batch), by=_user(by))


@task()
def commit_import(batch: int, by: int | None = None, language: str | None = None, **terms) -> bool:
    """`terms` are those of `steps.commit`."""
    with override(language or get_language()):
        return steps.commit(ImportBatch.objects.get(pk=batch), by=_user(by), **terms)


def _user(key: int | None):
    """One who was deleted meanwhile has no rights; nobody at all would have every right."""
    return as_of_now(get_user_model()(pk=key)) if key is not None else None

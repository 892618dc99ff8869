"""Preview and commit outside the request: at once where the site is embedded, by a worker in production."""

from django.contrib.auth import get_user_model
from django_tasks import task

from fengtai.batches import ImportBatch
from fengtai.importing import steps


@task()
def preview_import(batch: int) -> bool:
    return steps.preview(ImportBatch.objects.get(pk=batch))


@task()
def commit_import(batch: int, by: int | None = None) -> bool:
    user = get_user_model().objects.filter(pk=by).first()
    return steps.commit(ImportBatch.objects.get(pk=batch), by=user)

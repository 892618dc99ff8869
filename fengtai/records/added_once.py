"""What keeps one add form from making two records: its token is stored with the record that it made."""

import uuid
from datetime import timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

KEPT = timedelta(days=30)  # longer than anybody leaves a form open


class AddedOnce(models.Model):
    """The token of an add form that was saved. A second row of the same token is refused by the database."""

    token = models.UUIDField(primary_key=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    digest = models.CharField(max_length=64, default="")  # of what the form said
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self):
        return f"{self.token} → {self.content_type} {self.object_id}"

    @classmethod
    def note(cls, token: uuid.UUID, record: models.Model, digest: str) -> None:
        """In the transaction that makes the record; raises IntegrityError if another has made one."""
        cls.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
        cls.objects.create(token=token, record=record, digest=digest)


def token_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None

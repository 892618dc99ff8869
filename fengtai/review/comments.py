"""What a reviewer says when giving something back: it stands on the record's form until it is submitted again."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReviewComment(models.Model):
    """Of a draft, or of a pending change, that was returned to those who typed it."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    returned = GenericForeignKey()
    text = models.CharField(_("comment of the reviewer"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("returned by")
    )
    at = models.DateTimeField(_("returned"), default=timezone.now)
    answered_at = models.DateTimeField(_("submitted again"), null=True)

    class Meta:
        verbose_name = _("comment of the reviewer")
        verbose_name_plural = _("comments of reviewers")
        ordering = ("-at", "-pk")
        default_permissions = ()
        indexes = [models.Index(fields=("content_type", "object_id"), name="review_comment_of")]

    def __str__(self):
        return self.text

    @classmethod
    def unanswered(cls, target: models.Model):
        kind = ContentType.objects.get_for_model(target)
        return cls.objects.filter(content_type=kind, object_id=target.pk, answered_at=None)

    @classmethod
    def answer(cls, target: models.Model) -> None:
        cls.unanswered(target).update(answered_at=timezone.now())

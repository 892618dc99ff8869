"""A report of something wrong, and what of it the office publishes."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST = 2000  # characters of what a reader says
ANSWER = 500  # of what the office answers


class Correction(models.Model):
    """What a reader said of a record, or, without one, of the site; and how far the office is with it.

    `email` and `telephone` are personal data: for staff, masked, and forgotten some time after the answer.
    """

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("correction", "received")
        LOOKING = "looking", pgettext_lazy("correction", "being looked at")
        CORRECTED = "corrected", pgettext_lazy("correction", "corrected")
        NOT_TAKEN = "not-taken", pgettext_lazy("correction", "not taken")
        DUPLICATE = "duplicate", pgettext_lazy("correction", "reported before")

    OPEN = (State.RECEIVED, State.LOOKING)

    number = models.CharField(_("number"), max_length=12, unique=True)
    token = models.UUIDField(unique=True)  # of the form: sent twice it is one report
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    record = GenericForeignKey()
    label = models.CharField(_("record"), max_length=300, blank=True)  # its name at the time
    address = models.CharField(_("page"), max_length=300, blank=True)
    field = models.CharField(_("field"), max_length=50, blank=True)
    shown = models.TextField(_("shown then"), blank=True)
    wrong = models.TextField(_("What is wrong?"), max_length=LONGEST)
    right = models.TextField(_("What is right?"), max_length=LONGEST, blank=True)
    how = models.TextField(_("How do you know?"), max_length=LONGEST)
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    made_at = models.DateTimeField(_("received"), default=timezone.now)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED)
    revision = models.PositiveIntegerField(default=0)  # with each step of the office
    answer = models.TextField(_("answer"), max_length=ANSWER, blank=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeated", verbose_name=_("same as"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("answered"), null=True)

    personal = ("email", "telephone")
    may_repeat = ("label", "shown", "wrong", "right", "how", "answer")  # a value that is redacted elsewhere

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("-pk",)
        default_permissions = ()
        indexes = [
            models.Index(fields=("state", "id"), name="correction_state"),
            models.Index(fields=("content_type", "object_id"), name="correction_of"),
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class PublishedCorrection(models.Model):
    """That something was corrected, in the office's own sentence: nothing of what the reader said."""

    correction = models.OneToOneField(Correction, models.CASCADE, related_name="published")
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    sentence = models.CharField(max_length=ANSWER)
    day = models.DateField(default=timezone.localdate)

    may_repeat = ("sentence",)

    class Meta:
        verbose_name = _("published correction")
        verbose_name_plural = _("published corrections")
        ordering = ("-day", "-pk")
        default_permissions = ()
        indexes = [models.Index(fields=("content_type", "object_id"), name="published_correction_of")]

    def __str__(self):
        return self.sentence

"""A report taken in, once however often its form is sent; and contacts forgotten once they are not needed any more."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from fengtai.review.corrections.models import Correction
from fengtai.review.corrections.numbers import new_number

TRIES = 5  # at a number that nobody has


def sent_before(token: uuid.UUID) -> Correction | None:
    return Correction.objects.filter(token=token).first()


def send(token: uuid.UUID, record: models.Model | None, **said) -> Correction:
    """The report of a form; of one that was sent before, the report that it made."""
    for _number in range(TRIES):
        try:
            with transaction.atomic():
                made = Correction.objects.create(token=token, record=record, number=new_number(), **said)
            forget_contacts()
            return made
        except IntegrityError:
            if before := sent_before(token):
                return before
    raise RuntimeError("No number is free.")


def forget_contacts() -> int:
    """Deletes e-mail addresses and telephone numbers of reports that were answered CORRECTION_CONTACT_DAYS ago."""
    until = timezone.now() - timedelta(days=settings.CORRECTION_CONTACT_DAYS)
    closed = Correction.objects.exclude(state__in=Correction.OPEN).filter(decided_at__lte=until)
    return closed.filter(~Q(email="") | ~Q(telephone="")).update(email="", telephone="")

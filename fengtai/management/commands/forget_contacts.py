"""Deletes e-mail and telephone of reports that were answered CORRECTION_CONTACT_DAYS ago: for a cron table."""

from django.core.management.base import BaseCommand

from fengtai.operations.telling import in_both
from fengtai.review.corrections.sending import forget_contacts
from fengtai.values.translatable import N_


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        told = N_("Reports whose contacts were deleted: %(count)d")
        self.stdout.write(in_both(told, count=forget_contacts()))

"""Deletes e-mail and telephone of reports that were answered CORRECTION_CONTACT_DAYS ago: for a cron table."""

from django.core.management.base import BaseCommand

from fengtai.review.corrections.sending import forget_contacts


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        self.stdout.write(f"contacts of {forget_contacts()} reports deleted")

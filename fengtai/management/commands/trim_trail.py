"""Deletes the entries of the trail that are older than it is kept (TRAIL_DAYS), and sign-ins too old to make an address
known: for a cron table."""

from django.core.management.base import BaseCommand

from fengtai.records.trail.guarding import days_kept
from fengtai.records.trail.keeping import trim
from fengtai.review.accounts.lockouts import forget_addresses


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        forget_addresses()
        self.stdout.write(f"{trim()} entries older than {days_kept()} days deleted")

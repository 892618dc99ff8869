"""Deletes the entries of the trail that are older than it is kept (TRAIL_DAYS), and sign-ins too old to make an address
known: for a cron table."""

from django.core.management.base import BaseCommand

from fengtai.operations.telling import in_both
from fengtai.records.trail.guarding import days_kept
from fengtai.records.trail.keeping import trim
from fengtai.review.accounts.lockouts import forget_addresses
from fengtai.values.translatable import N_


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        forget_addresses()
        told = N_("Entries of the trail older than %(days)d days deleted: %(count)d")
        self.stdout.write(in_both(told, days=days_kept(), count=trim()))

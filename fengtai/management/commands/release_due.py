"""Releases what is scheduled and due: for a cron table, where no server runs that does it by itself."""

from django.core.management.base import BaseCommand

from fengtai.review.due import release_due


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        done, stopped = release_due()
        for name, changes in (("released", done), ("stopped", stopped)):
            for change in changes:
                self.stdout.write(f"{name}: {change}")

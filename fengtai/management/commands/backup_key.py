"""Makes a key of age for backups in a new FILE, and says by which line others can encrypt for it."""

from pathlib import Path

from django.core.management.base import BaseCommand

from fengtai.operations.backups.keys import new_key
from fengtai.operations.telling import Refused, in_both
from fengtai.values.translatable import N_


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        try:
            recipient = new_key(file)
        except OSError as error:
            told = N_("%(file)s cannot be written (%(reason)s).")
            raise Refused(told, file=file, reason=error.strerror) from error
        told = N_("Key written to %(file)s; keep a copy off this machine. Encrypts for it: %(recipient)s")
        self.stdout.write(in_both(told, file=file, recipient=recipient))

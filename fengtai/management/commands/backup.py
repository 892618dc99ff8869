"""Makes a backup of the whole site in FOLDER while it is used: database, files, secret key. With BACKUP_KEY_FILE it is
encrypted.
"""

from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand

from fengtai.operations.backups.keeping import Tidied, tidy
from fengtai.operations.backups.making import Made, back_up
from fengtai.operations.telling import in_both, told_of_each
from fengtai.values.translatable import N_


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where the backup gets a folder of its own")
        parser.add_argument(
            "--keep", type=_at_least_one, metavar="N", help="of older ones keep so many, this one among them"
        )
        parser.add_argument("--keep-days", type=_at_least_one, metavar="DAYS", help="and all of the last so many days")

    def handle(self, folder, keep, keep_days, **options):
        made = back_up(folder)
        self._tell_made(made)
        self._tell_tidied(tidy(folder, made.folder, keep=keep, days=keep_days))

    def _tell_made(self, made: Made):
        manifest = made.manifest
        told = N_("Backup %(folder)s: %(rows)d rows in %(tables)d tables, %(files)d files")
        self._tell(told, folder=made.folder, **manifest.figures)
        told = N_("A row names %(file)s, which is not on the disk or may not be read: the backup lacks it.")
        self._warn_of_each(manifest.missing, told)
        told = N_("%(file)s went away meanwhile or may not be read, and no row names it.")
        self._warn_of_each(sorted(set(made.unread) - set(manifest.missing)), told)
        for store in manifest.elsewhere:
            self._warn(
                N_("The files of “%(store)s” lie on no disk of this machine: they are not in the backup."), store=store
            )
        if manifest.secret_key != "file":
            self._warn(N_("SECRET_KEY comes from the environment: it is not in the backup, keep it as well."))

    def _tell_tidied(self, tidied: Tidied):
        for path in tidied.deleted:
            self._tell(N_("Deleted: %(folder)s"), folder=path)
        for path in tidied.damaged:
            self._warn(N_("%(folder)s is no whole backup; it is not counted, and stays."), folder=path)
        if tidied.others:
            self._tell(N_("Backups of another site or secret key, left alone: %(count)d"), count=len(tidied.others))

    def _tell(self, text: str, **details):
        self.stdout.write(in_both(text, **details))

    def _warn_of_each(self, names: list[str], text: str):
        for line in told_of_each(names, text):
            self.stderr.write(line)

    def _warn(self, text: str, **details):
        self.stderr.write(in_both(text, **details))


def _at_least_one(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(in_both(N_("At least one backup is kept.")))
    return int(text)

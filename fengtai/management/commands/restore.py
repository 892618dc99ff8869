"""Restores a backup onto an empty place: the database that DATABASE_URL names and the folders of DATA_DIR. Whatever
stands there is never overwritten.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from fengtai.operations.backups.places import SECRET_KEY
from fengtai.operations.backups.restoring import restore
from fengtai.operations.backups.schemas import told_schema
from fengtai.operations.telling import in_both, told_of_each
from fengtai.values.translatable import N_


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # one of them refuses a place where a restore was cut short, which is done again here

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path, help="a folder that `manage.py backup` made")
        parser.add_argument("--other-schema", action="store_true", help="although its tables are of another release")
        parser.add_argument(
            "--unencrypted", action="store_true", help="although a key is given and it is not encrypted"
        )

    def handle(self, backup, other_schema, unencrypted, **options):
        manifest = restore(backup, other_schema=other_schema, unencrypted=unencrypted)
        told = N_("Restored as of %(made)s: %(rows)d rows in %(tables)d tables, %(files)d files")
        self.stdout.write(in_both(told, made=manifest.made, **manifest.figures))
        for line in told_schema(manifest):
            self.stderr.write(line)
        told = N_("A row names %(file)s, which was missing when the backup was made.")
        for line in told_of_each(manifest.missing, told):
            self.stderr.write(line)
        self._tell_key(manifest.secret_key)

    def _tell_key(self, kept: str):
        if kept != "file":
            self.stderr.write(
                in_both(N_("The backup holds no secret key: set SECRET_KEY as it was, or everybody signs in anew."))
            )
        elif os.environ.get("SECRET_KEY", "") not in ("", (settings.DATA_DIR / SECRET_KEY).read_text("utf-8")):
            self.stderr.write(
                in_both(N_("SECRET_KEY in the environment is not the restored one: everybody signs in anew."))
            )

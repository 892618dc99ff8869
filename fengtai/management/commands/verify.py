"""Proves that a backup can be restored: reads every file of it, restores its database into a scratch place and counts.
With --site it is also compared with the site as it is now.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from fengtai.operations.backups.schemas import told_schema
from fengtai.operations.backups.verifying import verify
from fengtai.operations.reaching import refuse_missing_database
from fengtai.operations.telling import in_both
from fengtai.values.translatable import N_


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # of a site that does not start, too

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path, help="a folder that `manage.py backup` made")
        parser.add_argument("--site", action="store_true", help="also say where the site differs from it by now")
        parser.add_argument(
            "--unencrypted", action="store_true", help="although a key is given and it is not encrypted"
        )

    def handle(self, backup, site, unencrypted, **options):
        refuse_missing_database()
        manifest, differences = verify(backup, site=site, unencrypted=unencrypted)
        for line in told_schema(manifest):
            self.stderr.write(line)
        told = N_("Whole, as of %(made)s: %(rows)d rows in %(tables)d tables, %(files)d files")
        self.stdout.write(in_both(told, made=manifest.made, **manifest.figures))
        if differences:
            told = in_both(N_("The site differs from the backup:"))
            raise CommandError("\n".join([told, *differences]), returncode=3)
        if site:
            self.stdout.write(in_both(N_("The site holds the same.")))

"""Brings the site up from nothing: database, the report's data, a staff account, static files, then the server."""

import io
import os
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

from fengtai.records.models import Source

STAFF = "staff"
FIXTURES = "report_2024"  # one in each app, loaded in the order in which their records point to each other


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default=8000, type=int)
        parser.add_argument("--prepare-only", action="store_true", help="stop before the server starts")

    def handle(self, host, port, prepare_only, **options):
        call_command("migrate", verbosity=0)
        if not Source.objects.exists():
            self._load_report()
        if not get_user_model().objects.filter(is_superuser=True).exists():
            self._create_staff_account()
        call_command("collectstatic", interactive=False, verbosity=0)
        if not prepare_only:
            self.stdout.write(f"http://{host}:{port}/  (admin: http://{host}:{port}/admin/)")
            self.stdout.flush()
            _serve(host, port)

    def _load_report(self):
        """Only into an empty database: what staff changed since is never overwritten."""
        paths = [settings.BASE_DIR / app / "fixtures" / f"{FIXTURES}.json" for app in settings.SUBJECTS]
        # Links would leave a history of some rows only; then the others' first change would lose what it replaced.
        settings.SIMPLE_HISTORY_ENABLED = False
        try:
            call_command("loaddata", *paths, verbosity=0)
        finally:
            settings.SIMPLE_HISTORY_ENABLED = True
        call_command("populate_history", auto=True, verbosity=0, stdout=io.StringIO())

    def _create_staff_account(self):
        password = get_random_string(16)
        get_user_model().objects.create_superuser(STAFF, password=password)
        self.stdout.write(f"Staff account created: user {STAFF}, password {password}  (shown this once)")


def _serve(host: str, port: int):
    """Gives the process over to granian, so that it receives the signals itself."""
    granian = Path(sys.executable).with_name("granian")
    arguments = [
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
    ]
    os.execv(granian, [str(granian), *arguments, "fengtai.wsgi:application"])

"""Brings the site up from nothing: database, the report's data, accounts, static files, then the server."""

import io
import os
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

from fengtai.operations.reaching import refuse_missing_database
from fengtai.operations.telling import Refused, in_both
from fengtai.records.models import Source
from fengtai.review.roles import ADMINISTRATOR, PROGRAMME_OFFICE, READER, REVIEWER, STATISTICS, WORK_GROUP, group_of
from fengtai.values.translatable import N_

STAFF = "staff"
OTHER_PORTS = (8080, 8081)
FIRST = {
    "office": PROGRAMME_OFFICE,
    "workgroup": WORK_GROUP,
    "statistics": STATISTICS,
    "reviewer": REVIEWER,
    "reader": READER,
    "administrator": ADMINISTRATOR,
}  # an account for each role, to try them with
FIXTURES = "report_2024"  # one in each app, loaded in the order in which their records point to each other


class Command(BaseCommand):
    help = __doc__

    stealth_options = ("demo",)  # said by who fills and serves the folder of a demonstration, no option of ours

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default=8000, type=int)
        parser.add_argument("--prepare-only", action="store_true", help="stop before the server starts")

    def handle(self, host, port, prepare_only, demo=False, **options):
        if settings.DEMO and not demo:
            _refuse_demonstration()
        if not prepare_only:
            _refuse_taken(host, port)
        refuse_missing_database()
        self._tell(N_("Preparing the database …"))
        call_command("migrate", verbosity=0)
        if not Source.objects.exists():
            self._tell(N_("Loading the data of the 2024 conference report …"))
            self._load_report()
        self._tell_staff_account()
        self._tell(N_("Preparing styles and images …"))
        call_command("collectstatic", interactive=False, verbosity=0)
        if not prepare_only:
            address = f"http://{host}:{port}/"
            self._tell(N_("The site is at %(address)s, its admin at %(address)sadmin/"), address=address)
            _serve(host, port)

    def _tell(self, text: str, **details):
        """At once, so that who waits knows for what."""
        self.stdout.write(in_both(text, **details))
        self.stdout.flush()

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

    def _tell_staff_account(self):
        accounts = get_user_model().objects.filter(is_superuser=True)
        if known := accounts.order_by("pk").first():
            told = N_("The staff account is %(name)s. For a new password: manage.py changepassword %(name)s")
            self._tell(told, name=known.get_username())
            return
        password = get_random_string(16)
        get_user_model().objects.create_superuser(STAFF, password=password)
        told = N_("Staff account created: user %(name)s, password %(password)s  (shown this once)")
        self._tell(told, name=STAFF, password=password)
        for name, role in () if settings.PRODUCTION else FIRST.items():
            self._tell_account(name, role)

    def _tell_account(self, name: str, role: str):
        """What is entered is released by somebody else: with one account nobody could try it."""
        people = get_user_model().objects
        if not people.filter(username=name).exists():
            password = get_random_string(16)
            people.create_user(name, password=password, is_staff=True).groups.add(group_of(role))
            told = N_("%(role)s: user %(name)s, password %(password)s  (shown this once)")
            self._tell(told, name=name, password=password, role=role)


def _refuse_demonstration():
    told = N_("%(folder)s holds invented rows. `make demo` serves them; for real data name another folder in DATA_DIR.")
    raise Refused(told, folder=settings.DATA_DIR)


def _refuse_taken(host: str, port: int):
    """The server shares its port: without this a second one would start beside the first."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
            trial.listen()
    except (OSError, OverflowError) as error:
        told = N_("Port %(port)d cannot be used (%(reason)s). Choose another: make run PORT=%(other)d")
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused(told, port=port, reason=reason, other=OTHER_PORTS[port == OTHER_PORTS[0]]) from error


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
        "--workers-kill-timeout",
        "10",  # seconds: one that was still starting hears no signal
    ]
    os.execv(granian, [str(granian), *arguments, "fengtai.wsgi:application"])

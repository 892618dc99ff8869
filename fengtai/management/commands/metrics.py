"""Serves the measures for Prometheus on a port of its own, beside the site on the same machine (METRICS=1)."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fengtai.operations.seeing.serving import served_on


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=9464)
        parser.add_argument("--address", default="127.0.0.1", help="of a network that no reader reaches")

    def handle(self, port, address, **options):
        if not settings.METRICS:
            raise CommandError("Nothing is measured: set METRICS=1 here and for the site.")
        try:
            thread = served_on(address, port)
        except (OSError, OverflowError) as error:
            raise CommandError(f"{address}:{port} cannot be used: {error}") from error
        self.stdout.write(f"Measures at http://{address}:{port}/metrics")
        self.stdout.flush()
        thread.join()

"""Django's command, which leaves what it collects into STATIC_DIR readable by the server that serves it."""

import os

from django.conf import settings
from django.contrib.staticfiles.management.commands import collectstatic

FOR_EVERYBODY = 0o022


class Command(collectstatic.Command):
    def handle(self, **options):
        """The compressed copies are written without a mode of their own, so the mask of the process counts."""
        if not settings.STATIC_DIR:
            return super().handle(**options)
        mask = os.umask(FOR_EVERYBODY)
        try:
            return super().handle(**options)
        finally:
            os.umask(mask)

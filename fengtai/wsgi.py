"""The door a WSGI server comes in by; beside it runs what releases at a time."""

import os

from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from fengtai.apps import SERVING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")
application = get_wsgi_application()

if faults := run_checks(tags=[SERVING]):  # as every command asks; a server of WSGI runs none
    raise ImproperlyConfigured("\n".join(fault.msg for fault in faults))

if settings.RELEASE_DUE:
    from fengtai.review.due import watch  # its models can be imported only now, with the application set up

    watch()

if settings.WARM_UP:
    from fengtai.operations.warming import warm_up

    warm_up(application)

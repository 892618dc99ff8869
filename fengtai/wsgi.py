"""The door a WSGI server comes in by; beside it runs what releases at a time."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")
application = get_wsgi_application()

if settings.RELEASE_DUE:
    from fengtai.review.due import watch  # its models can be imported only now, with the application set up

    watch()

if settings.WARM_UP:
    from fengtai.operations.warming import warm_up

    warm_up(application)

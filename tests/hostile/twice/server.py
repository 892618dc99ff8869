"""The site as granian serves it, with plain static files: nothing has to be collected first."""

from django.conf import settings

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from fengtai.wsgi import application  # noqa: E402 - reads the setting

__all__ = ["application"]

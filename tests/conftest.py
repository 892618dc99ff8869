"""What every test starts from: the embedded settings, plain static files, no leftovers of the site's cache of lists."""

import pytest


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Hashed file names need a collected directory; tests serve files by their own names."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

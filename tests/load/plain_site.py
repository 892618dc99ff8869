"""The plain recipe as it is usually served: Django's own middleware, nothing kept, for gunicorn."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")
django.setup()
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PEERS = Path(__file__).resolve().parents[1] / "bench" / "peers" / "templates"
templates = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], str(PEERS)]}]
override_settings(ROOT_URLCONF="tests.bench.urls", TEMPLATES=templates, MIDDLEWARE=MIDDLEWARE).enable()
application = WSGIHandler()

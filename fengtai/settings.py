"""All settings, read from the environment; with nothing set the site runs on its own SQLite file.

PRODUCTION=1 turns on what an address on the internet needs (docs/operations.md lists every variable).
"""

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
PRODUCTION = env.bool("PRODUCTION", False)
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))
# Whatever the site writes is its own account's alone: the database and its journals, the key, uploads, what is kept.
os.umask(0o077)
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700


def _kept_secret() -> str:
    """The secret key of an embedded site: made once, readable by its owner alone."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), "utf-8")
    return path.read_text("utf-8")


SECRET_KEY = env("SECRET_KEY") if PRODUCTION else env("SECRET_KEY", default="") or _kept_secret()
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

SUBJECTS = ["fengtai", "partners", "projects", "indicators"]  # each may import only from those before it
WORK_GROUP_MODEL = "partners.WorkGroup"  # with its `industries`, and the `staff` that keep their records
STATISTICS_APPS = ["indicators"]  # what those who keep the figures write
INSTALLED_APPS = [
    *reversed(SUBJECTS),  # before the admin, whose templates they override
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_filters",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fengtai.caching.page_cache.PageCache",  # what stands below is done once for a page that is kept
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "fengtai.admin.signing_in_again.SignInAgain",
    "fengtai.admin.accounts.own_password.OwnPasswordFirst",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "fengtai.urls"
WSGI_APPLICATION = "fengtai.wsgi.application"
FORM_RENDERER = "fengtai.records.form_renderer.FormRenderer"  # writes plain inputs without templates
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fengtai.pages.views.site_menu",
            ]
        },
    }
]

# Several writers on one SQLite file wait for each other instead of failing with "database is locked".
SQLITE = {
    "timeout": 30,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE)
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)  # seconds; connecting costs more than a page that is kept
# Local memory, one per process; a Redis address shares what is kept among all of them.
CACHES = {
    "default": env.cache("CACHE_URL", default="locmemcache://?max_entries=2000"),
    "turns": env.cache("CACHE_URL", default="locmemcache://turns"),  # of downloads: no page may push them out
    # Of long work: told by one process to another, without Redis through files on this machine.
    "progress": env.cache("CACHE_URL", default=f"filecache://{DATA_DIR / 'progress'}"),
}
# Long work is done at once, in the request; "database" leaves it to `manage.py db_worker`.
TASK_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
TASKS = {"default": {"BACKEND": TASK_BACKENDS[env("TASKS_BACKEND", default="immediate")]}}
# Proxies before the site: so many addresses at the end of X-Forwarded-For were written by them and are believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "fengtai" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/admin/attachments/"
MEDIA_ROOT = DATA_DIR / "attachments"  # served by no address: attachments go through the admin alone
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Clerks' files as they came: given back to staff alone, never served from here.
    "imports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "imports"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "fengtai.review.accounts.password_length.EnoughCharacters"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Nobody releases what they typed themselves; 0 is for an office of one.
FOUR_EYES = env.bool("FOUR_EYES", True)
# A published record that was not checked against its source for so many days stands on the desk.
DESK_UNVERIFIED_DAYS = env.int("DESK_UNVERIFIED_DAYS", 180)
# The server releases what is due by itself; 0 leaves it to `manage.py release_due`, from a cron table.
RELEASE_DUE = env.bool("RELEASE_DUE", True)
# Days for which the trail of who did what is kept; never fewer than 180.
TRAIL_DAYS = env.int("TRAIL_DAYS", 180)
# An office shares one address: lock the pair of name and address, not the whole office.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "fengtai.review.accounts.lockouts.name_tried"
AXES_CLIENT_IP_CALLABLE = "fengtai.downloads.turns.client_address"
AXES_HANDLER = "fengtai.admin.trail.sign_ins.TrailedSignIns"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # its pages know no Chinese; an administrator unlocks on a page of ours
# Whom to ask who cannot sign in, as an office and its telephone; the sign-in page says it.
ACCOUNTS_CONTACT = env("ACCOUNTS_CONTACT", default="")
LOGIN_URL = "admin:login"
SESSION_COOKIE_AGE = 8 * 3600  # a working day
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "fengtai.pages.views.form_refused"
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
# What a clerk's workbook may hold at most.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", 20_000_000)
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", 50_000)
IMPORT_MAX_COLUMNS = env.int("IMPORT_MAX_COLUMNS", 200)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an organisation with many inline rows
SILENCED_SYSTEM_CHECKS = []

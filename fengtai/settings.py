"""All settings, read from the environment; with nothing set the site runs on its own SQLite file.

PRODUCTION=1 turns on what an address on the internet needs (docs/operations.md lists every variable).
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from fengtai.operations.environment import Environment, empty
from fengtai.operations.parts import caches_in, database_in, kept_secret
from fengtai.operations.seeing.log_settings import FORMATS, LEVELS, REQUESTS, logging_in

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
PRODUCTION = env.flag("PRODUCTION", False)
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var")))
# Invented rows, under a banner on every page. The folder says so itself: whoever serves it cannot forget to.
DEMO = (DATA_DIR / "demo").exists()
# Whatever the site writes is its own account's alone: the database and its journals, the key, uploads, what is kept.
os.umask(0o077)
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

SECRET_KEY = env.text("SECRET_KEY") or ("" if PRODUCTION else kept_secret(DATA_DIR))
if not SECRET_KEY:  # found at the start, not by the first reader who signs in
    raise empty("SECRET_KEY", "一个密钥，各台服务器相同", "one, the same on all servers")
DEBUG = env.flag("DEBUG", False)
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
if not ALLOWED_HOSTS:  # every page would be refused, while probes say that all is well
    raise empty("ALLOWED_HOSTS", "读者访问所用的域名", "the names by which readers come")
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")

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
    "django.contrib.sitemaps",
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
    "fengtai.operations.probes.answering.Probes",  # before host names, TLS and everything that may fail
    "fengtai.operations.requests.RequestId",  # around all that answers readers: it tells what each answer cost
    "django.middleware.security.SecurityMiddleware",
    "fengtai.pages.demonstration.NotIndexed",  # before static files and pages that are kept: on every answer
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fengtai.caching.compression.Compression",  # knows what may be compressed; pages that are kept are so already
    "fengtai.caching.page_cache.PageCache",  # what stands below is done once for a page that is kept
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "fengtai.operations.sessions.using.SessionInUse",
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
    "fengtai.admin.trail.sign_ins.PlacesLeft",
    "fengtai.operations.failing.DatabaseLost",  # asked first what to do about a fault
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
                "fengtai.pages.sharing.context.site_addresses",
            ],
            "builtins": ["fengtai.templatetags.chinese"],
        },
    }
]

DATABASES = {"default": database_in(env, DATA_DIR)}
# PostgreSQL plans what lists read once per connection; not every pooler knows the plans of another one.
PREPARED_STATEMENTS = env.flag("PREPARED_STATEMENTS", True)
CACHES = caches_in(env, DATA_DIR)
# Long work is done at once, in the request; "database" leaves it to `manage.py work`.
TASK_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
TASKS = {"default": {"BACKEND": TASK_BACKENDS[env.one_of("TASKS_BACKEND", TASK_BACKENDS, "immediate")]}}
# Proxies before the site: so many addresses at the end of X-Forwarded-For were written by them and are believed.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "fengtai" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
# Elsewhere where a server before the site serves them: then its account may read them, as collectstatic leaves them.
STATIC_DIR = env.text("STATIC_DIR")
STATIC_ROOT = Path(STATIC_DIR) if STATIC_DIR else DATA_DIR / "static"
STATIC_MODES = {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755} if STATIC_DIR else {}
MEDIA_URL = "/admin/attachments/"
MEDIA_ROOT = DATA_DIR / "attachments"  # served by no address: attachments go through the admin alone
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Clerks' files as they came: given back to staff alone, never served from here.
    "imports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "imports"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage", "OPTIONS": STATIC_MODES},
}

# Keys of age by which backups are encrypted, in a file or here; with neither they are not (`manage.py backup`).
BACKUP_KEY_FILE, BACKUP_KEY = env.text("BACKUP_KEY_FILE"), env.text("BACKUP_KEY")

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
RULES = ("EnoughCharacters", "SeveralKinds", "NoName", "NotCommon", "ManyGuesses", "NotUsedBefore")
AUTH_PASSWORD_VALIDATORS = [{"NAME": f"fengtai.review.accounts.password_rules.{name}"} for name in RULES]
PASSWORD_LENGTH, PASSWORD_KINDS = max(env.number("PASSWORD_LENGTH", 8), 8), env.number("PASSWORD_KINDS", 3)
PASSWORD_GUESSES = env.number("PASSWORD_GUESSES", 50_000_000)  # that it takes; eight characters by chance take 10^8
PASSWORDS_REMEMBERED = env.number("PASSWORDS_REMEMBERED", 3)
PASSWORD_DAYS = env.number("PASSWORD_DAYS", 0)  # 0: for ever
# Nobody releases what they typed themselves; 0 is for an office of one.
FOUR_EYES = env.flag("FOUR_EYES", True)
# A published record that was not checked against its source for so many days stands on the desk.
DESK_UNVERIFIED_DAYS = env.number("DESK_UNVERIFIED_DAYS", 180, least=1)
# The server releases what is due by itself; 0 leaves it to `manage.py release_due`, from a cron table.
RELEASE_DUE = env.flag("RELEASE_DUE", True)
WARM_UP = env.flag("WARM_UP", PRODUCTION)  # a page of each kind is made before a process takes its first reader
# Days for which the trail of who did what is kept; never fewer than 180.
TRAIL_DAYS = env.number("TRAIL_DAYS", 180)
# Reports of something wrong that one address may send in an hour; days after the answer until its sender is forgotten.
CORRECTIONS_PER_HOUR = env.number("CORRECTIONS_PER_HOUR", 10, least=1)
CORRECTION_CONTACT_DAYS = env.number("CORRECTION_CONTACT_DAYS", 30)
# Failed sign-ins until a lock: of a name at one address, of a name from wherever, of an address with whatever names (an
# office shares one); and how long one lasts. fengtai.review.accounts.lockouts counts them, since the library knows one
# limit for all; what is tried while locked is not counted, so nobody keeps a lock alive.
AXES_FAILURE_LIMIT = env.number("SIGN_IN_FAILURES", 5, least=1)
SIGN_IN_FAILURES_OF_NAME = env.number("SIGN_IN_FAILURES_OF_NAME", 10, least=1)
SIGN_IN_FAILURES_OF_ADDRESS = env.number("SIGN_IN_FAILURES_OF_ADDRESS", 30, least=1)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("SIGN_IN_WAIT_MINUTES", 15, least=1))
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "fengtai.review.accounts.lockouts.name_tried"
AXES_CLIENT_IP_CALLABLE = "fengtai.downloads.turns.client_network"
AXES_HANDLER = "fengtai.admin.trail.sign_ins.TrailedSignIns"
# What is never written down of a failed attempt, beside "password": the form of one's own password counts as well.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "old_password", "new_password1", "new_password2"]
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # its pages know no Chinese; an administrator unlocks on a page of ours
# Whom to ask who cannot sign in, as an office and its telephone; the sign-in page says it.
ACCOUNTS_CONTACT = env.text("ACCOUNTS_CONTACT")
# What stands at the foot of every page: whose site it is, its records with the authorities, whom to ask.
SITE_ORGANISER = env.text("SITE_ORGANISER")
SITE_OPERATOR = env.text("SITE_OPERATOR")
SITE_ICP = env.text("SITE_ICP")
SITE_POLICE_RECORD = env.text("SITE_POLICE_RECORD")
SITE_CODE = env.text("SITE_CODE")
SITE_CONTACT = env.text("SITE_CONTACT")
# Where the site stands, as https://partners.example.gov.cn: what files, feeds and search engines are told. Not set:
# the scheme and host of each request.
SITE_URL = env.address("SITE_URL")
# Who publishes it and on what terms its data may be used, a name or an address; not set: said to be not stated.
SITE_PUBLISHER, SITE_LICENCE = env.text("SITE_PUBLISHER", SITE_ORGANISER), env.text("SITE_LICENCE")
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
# A session ends so long after the sign-in, a working day, and so long after it was last used.
SESSION_ENGINE = "fengtai.operations.sessions.store"
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 8, least=1) * 3600
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", 30, least=1)
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
    SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

# Lines for a person at a terminal, or one JSON object each; with one for requests: none, made (no kept pages), all.
LOG_FORMAT = env.one_of("LOG_FORMAT", FORMATS, "json" if PRODUCTION else "plain")
LOG_REQUESTS = env.one_of("LOG_REQUESTS", REQUESTS, "made" if PRODUCTION else "none")
SLOW_QUERY_MS = env.number("SLOW_QUERY_MS", 1000)  # a statement that takes longer is told, without its values; 0: none
LOGGING = logging_in(LOG_FORMAT, level=env.one_of("LOG_LEVEL", LEVELS, "WARNING"), requests=LOG_REQUESTS)
# Measures for Prometheus, told by `manage.py metrics` from a folder that the processes of one machine share.
METRICS = env.flag("METRICS", False)
METRICS_DIR = Path(env.text("METRICS_DIR", str(DATA_DIR / "metrics")))
if METRICS:
    METRICS_DIR.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)  # read from there by the library alone
# Networks that /readyz tells each part, beside this machine; and from when on it says "degraded".
PROBE_NETWORKS = env.networks("PROBE_NETWORKS")
QUEUE_LATE_SECONDS = env.number("QUEUE_LATE_SECONDS", 600)  # that a task waits for a worker
DISK_LOW_MB = env.number("DISK_LOW_MB", 1024)  # free where DATA_DIR is
# What a clerk's workbook may hold at most.
IMPORT_MAX_BYTES = env.number("IMPORT_MAX_BYTES", 20_000_000, least=1)
IMPORT_MAX_ROWS = env.number("IMPORT_MAX_ROWS", 50_000, least=1)
IMPORT_MAX_COLUMNS = env.number("IMPORT_MAX_COLUMNS", 200, least=1)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an organisation with many inline rows
SILENCED_SYSTEM_CHECKS = []

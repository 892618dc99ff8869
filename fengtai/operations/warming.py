"""A process that serves has made one page of each kind before its first reader comes: what is made once, such as
templates, columns and statements, is made by then.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from http import HTTPStatus
from io import BytesIO
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.utils.translation import override

from fengtai.lists.site import site_lists
from fengtai.operations.requests import BEFOREHAND

logger = logging.getLogger(__name__)


def warm_up(application: Callable) -> None:
    """Asks for the pages, up to the first that cannot be made, such as while the database is away: the process serves
    all the same, and its first readers wait for the rest.
    """
    for path in paths():
        if (status := _status(application, path)) >= HTTPStatus.INTERNAL_SERVER_ERROR:
            logger.warning("%s could not be made beforehand, and nothing after it", path)
            return
        logger.info("%s made beforehand: %d", path, status)


def paths() -> Iterator[str]:
    """The first page and every list in each language, and the page on which staff sign in."""
    for language, _name in settings.LANGUAGES:
        home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
        with override(language):
            yield from (home, f"{home}search/?q=示例", f"{home}admin/login/", *(page.address for page in site_lists()))


def _status(application: Callable, path: str) -> int:
    path, _question, query = path.partition("?")
    host = next((name for name in settings.ALLOWED_HOSTS if name.strip(".*")), "localhost").lstrip(".")
    environ = {
        BEFOREHAND: True,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query.encode().decode("latin-1"),
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        "HTTP_X_FORWARDED_PROTO": "https",
        # What is kept for anybody would be answered, and nothing made: a session is answered for itself.
        "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=none",
        "wsgi.input": BytesIO(),
    }
    setup_testing_defaults(environ)
    told = []
    with closing(application(environ, lambda status, headers, failed=None: told.append(status))) as answer:
        for _chunk in answer:
            pass
    return int(told[0].split()[0])

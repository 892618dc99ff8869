"""An address asked for by somebody, without a page being drawn: the answer's status and the tables that were written.

The table of rights has thousands of cells; drawing a page costs twenty times what deciding costs.
"""

import re
from contextlib import contextmanager
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection, transaction
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve

WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
UNSEEN = {"django_session", "django_admin_log"}
OUTCOMES = {PermissionDenied: 403, Http404: 404, SuspiciousOperation: 400}


@contextmanager
def forgotten():
    """What is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(user, method: str, path: str, data: dict | None = None) -> SimpleNamespace:
    """Status, tables written, and the context of the page where there is one."""
    request = getattr(RequestFactory(), method.lower())(path, data or {})
    request.user, request.session = user or AnonymousUser(), {}
    request._messages, request._dont_enforce_csrf_checks = CookieStorage(request), True
    request.resolver_match = match = resolve(request.path_info)
    written = set()
    with connection.execute_wrapper(_noting(written)):
        try:
            response = match.func(request, *match.args, **match.kwargs)
        except tuple(OUTCOMES) as error:
            status = next(code for kind, code in OUTCOMES.items() if isinstance(error, kind))
            return SimpleNamespace(status=status, written=written - UNSEEN, context=None, where="")
    where = response.headers.get("Location", "")
    return SimpleNamespace(
        status=response.status_code,
        written=written - UNSEEN,
        context=getattr(response, "context_data", None),
        where=where,
    )


def _noting(written: set):
    def note(execute, sql, params, many, context):
        if found := WRITING.match(sql):
            written.add(found[1])
        return execute(sql, params, many, context)

    return note

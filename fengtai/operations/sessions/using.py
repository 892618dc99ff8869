"""Which requests keep a session alive: those that looked at it and that a person made.

A page of the public site reads no session, so it costs none a query; and what a page asks by itself, as an import's
bar does for its progress, is made with `in_background`, so that nobody stays signed in by having left.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings

from fengtai.operations.sessions.store import SessionStore

FAILED = 500


class SessionInUse:
    """Middleware, right behind that of sessions."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = request.session
        is_used = session.accessed and isinstance(session, SessionStore) and not hasattr(request, "is_background")
        if is_used and response.status_code < FAILED and not session.is_empty():
            session.used()
        return response


def begin_anew(request) -> None:
    """At a sign-in. The framework makes a new key, but for who signs in again while signed in."""
    if request.session.session_key == request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        request.session.cycle_key()


def in_background(view: Callable) -> Callable:
    """For views that pages ask by themselves."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        request.is_background = True
        return view(request, *args, **kwargs)

    return asked

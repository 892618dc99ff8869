"""Sign-ins, sign-outs and failed attempts in the trail, where they are counted for lockouts anyway."""

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.contrib.auth import get_user_model

from fengtai.downloads.turns import client_address
from fengtai.operations.sessions.using import begin_anew
from fengtai.records.trail.entering import Act, enter
from fengtai.review.accounts.lockouts import Kind, lock_on, name_tried
from fengtai.review.accounts.places import leave_place, one_at_a_time, take_place


class TrailedSignIns(AxesDatabaseHandler):
    def is_allowed(self, request, credentials=None) -> bool:
        """Asked before a password is looked at, which has its place in the counts from here."""
        request.locked_as = take_place(request, name_tried(request, credentials))
        return request.locked_as is None

    def get_failures(self, request, credentials=None) -> int:
        """As many as the limit where any of the three is reached: the library compares them all with one limit."""
        kind = lock_on(name_tried(request, credentials), request.axes_ip_address, request.axes_attempt_time)
        request.locked_as = kind
        return settings.AXES_FAILURE_LIMIT if kind else 0

    def user_logged_in(self, sender, request, user, **kwargs):
        leave_place(request)
        begin_anew(request)
        super().user_logged_in(sender, request, user, **kwargs)
        _enter(Act.SIGNED_IN, request, user)

    def user_logged_out(self, sender, request, user, **kwargs):
        super().user_logged_out(sender, request, user, **kwargs)
        if user is not None:
            _enter(Act.SIGNED_OUT, request, user)

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        """Of a lockout one entry, and none of what is tried while it lasts."""
        if request is None or request.axes_locked_out:
            super().user_login_failed(sender, credentials, request, **kwargs)
            return
        with one_at_a_time():
            leave_place(request)
            super().user_login_failed(sender, credentials, request, **kwargs)
        kind = request.locked_as if request.axes_locked_out else None
        why = str(kind.label) if kind not in (None, Kind.PAIR) else ""
        _enter(Act.LOCKED_OUT if kind else Act.SIGN_IN_FAILED, request, _account(credentials), why)


class PlacesLeft:
    """Middleware: with the answer no password is looked at any more, whatever was said of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        leave_place(request)
        return response


def _account(credentials: dict):
    """The account that was tried. A name that nobody has may be a password in the wrong box: it is never kept."""
    names = get_user_model()
    return names.objects.filter(**{names.USERNAME_FIELD: credentials.get(names.USERNAME_FIELD) or ""}).first()


def _enter(act: Act, request, user, why: str = "") -> None:
    """The address as it was seen; what attempts are counted by may be a network."""
    address = client_address(request) if request is not None else ""
    enter(act, by=user, said={"address": ["", address]} if address else None, why=why)

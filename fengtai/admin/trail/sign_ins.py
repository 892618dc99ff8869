"""Sign-ins, sign-outs and failed attempts in the trail, where they are counted for lockouts anyway."""

from axes.handlers.database import AxesDatabaseHandler
from django.contrib.auth import get_user_model

from fengtai.records.trail.entering import Act, enter


class TrailedSignIns(AxesDatabaseHandler):
    def user_logged_in(self, sender, request, user, **kwargs):
        super().user_logged_in(sender, request, user, **kwargs)
        _enter(Act.SIGNED_IN, request, user)

    def user_logged_out(self, sender, request, user, **kwargs):
        super().user_logged_out(sender, request, user, **kwargs)
        if user is not None:
            _enter(Act.SIGNED_OUT, request, user)

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        """Of a lockout one entry, and none of what is tried while it lasts."""
        was_locked_out = request is None or self.is_locked(request, credentials)
        super().user_login_failed(sender, credentials, request, **kwargs)
        if not was_locked_out:
            act = Act.LOCKED_OUT if getattr(request, "axes_locked_out", False) else Act.SIGN_IN_FAILED
            _enter(act, request, _account(credentials))


def _account(credentials: dict):
    """The account that was tried. A name that nobody has may be a password in the wrong box: it is never kept."""
    names = get_user_model()
    return names.objects.filter(**{names.USERNAME_FIELD: credentials.get(names.USERNAME_FIELD) or ""}).first()


def _enter(act: Act, request, user) -> None:
    address = getattr(request, "axes_ip_address", None)
    enter(act, by=user, said={"address": ["", address]} if address else None)

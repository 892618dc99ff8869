"""Sessions in the database that end by themselves: some hours after the sign-in, and some minutes after the last use.

The end stands in the row's `expire_date`, which the framework asks for anyway: to use a session costs one small UPDATE
a minute, and nothing that the session holds is written again, so two requests at once take nothing from each other.
A sign-in makes a new key (the framework's `cycle_key`), and with it the hours begin anew.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone

EVERY = timedelta(minutes=1)  # at most so often the last use is written


class SessionStore(db.SessionStore):
    ends_at = None  # as the row that was read says

    def create(self):
        self.set_expiry(timedelta(seconds=settings.SESSION_COOKIE_AGE))  # kept as a moment, so no use moves it
        super().create()

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.expire_date = self._end_from_now()
        return row

    def used(self) -> None:
        """Notes that its owner did something: what a page does by itself is none of that."""
        end = self._end_from_now()
        if self.ends_at is None or end - self.ends_at < EVERY:
            return
        self.ends_at = end
        rows = self.model.objects.filter(session_key=self.session_key, expire_date__gt=timezone.now())
        rows.update(expire_date=end)

    def _end_from_now(self):
        return min(self.get_expiry_date(), timezone.now() + idle_time())

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        self.ends_at = row.expire_date if row is not None else None
        return row


def idle_time() -> timedelta:
    return timedelta(minutes=settings.SESSION_IDLE_MINUTES)

"""The engine as Django looks for it: `ENGINE` is this folder."""

from types import SimpleNamespace

from django.db.backends.postgresql import base

from fengtai.operations.postgresql.patient import AT_THE_DOOR, connect

# Whoever is gone without a word is noticed by the kernel: what is sent and not taken within three seconds ends the
# connection, and one that says nothing is asked every five.
LIMITS = {
    "connect_timeout": AT_THE_DOOR,
    "tcp_user_timeout": 3000,  # milliseconds
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}


class DatabaseWrapper(base.DatabaseWrapper):
    Database = SimpleNamespace(**{**vars(base.Database), "connect": connect})

    def get_connection_params(self):
        return {**LIMITS, **super().get_connection_params()}

    def is_usable(self):
        """A kept connection has to answer at once: making another is quick."""
        if self.connection is None:
            return False
        with self.connection.hurry():
            return super().is_usable()

"""The engine as Django looks for it: `ENGINE` is this folder."""

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from fengtai.operations.sqlite3.turns import turn_at

PATIENCE = 5.0  # seconds that SQLite itself waits where nothing else is said


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self):
        """A transaction is begun as a writer (IMMEDIATE): who has begun it writes, the next waits for its end."""
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()
            return
        patience = self.settings_dict["OPTIONS"].get("timeout", PATIENCE)
        with turn_at(str(self.settings_dict["NAME"]), patience) as is_first:
            if not is_first:
                raise OperationalError("database is locked")  # as SQLite says it
            super()._start_transaction_under_autocommit()

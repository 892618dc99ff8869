"""A connection that notices a server that has gone silent, and waits for one that is merely slow.

Neither PostgreSQL nor the kernel tells: a server that hangs, or whatever stands before it, still takes what is sent.
So after some silence the server is asked at its door, by a new connection. If that is answered, a statement may take as
long as it takes.
"""

import time
from collections.abc import Generator
from contextlib import contextmanager

import psycopg

SILENCE = 1.5  # seconds without a word until the server is asked whether it is there
AT_THE_DOOR = 2  # seconds that a new connection may take; PostgreSQL's library takes no fewer
PORT = 5432  # where none is named; a connection does not tell it either
AGAIN = 2  # seconds for which a server that was found silent is not waited for again


class PatientConnection(psycopg.Connection):
    """`hurried`, the server is given up after the silence, without being asked at its door."""

    hurried = False

    def wait(self, gen, *args, **kwargs):
        return super().wait(self._watched(gen), *args, **kwargs)

    @contextmanager
    def hurry(self):
        self.hurried = True
        try:
            yield
        finally:
            self.hurried = False

    def _watched(self, gen) -> Generator:
        """Goes on with what is waited for; psycopg tells each tenth of a second that nothing has come."""
        heard = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = time.monotonic()
                elif time.monotonic() - heard > SILENCE:
                    self._ask_at_the_door()
                    heard = time.monotonic()
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value

    def _ask_at_the_door(self) -> None:
        if not self.hurried and self._opens():
            return
        self.pgconn.finish()  # whatever comes now answers something that nobody asks any more
        raise psycopg.OperationalError("the database server has gone silent")

    def _opens(self) -> bool:
        """Whether the server says anything to a new connection, be it that it takes none."""
        asked = {**self.info.get_parameters(), "password": self.info.password, "connect_timeout": AT_THE_DOOR}
        try:
            psycopg.connect(**asked).close()
        except psycopg.errors.ConnectionTimeout:
            silent.begins(self.info.get_parameters())
            return False
        except psycopg.Error:
            return True
        return True


class Silent:
    """Servers that were found silent a moment ago: one thread waited for them, the others need not."""

    def __init__(self):
        self.until: dict[tuple, float] = {}

    def begins(self, parameters: dict) -> None:
        self.until[_place(parameters)] = time.monotonic() + AGAIN

    def refuse(self, parameters: dict) -> None:
        if self.until.get(_place(parameters), 0) > time.monotonic():
            raise psycopg.OperationalError("the database server was silent a moment ago")


def _place(parameters: dict) -> tuple[str, str]:
    return str(parameters.get("host") or ""), str(parameters.get("port") or PORT)


silent = Silent()


def connect(**parameters) -> PatientConnection:
    """As `psycopg.connect`; a server that says nothing is not waited for by everybody."""
    silent.refuse(parameters)
    try:
        return PatientConnection.connect(**parameters)
    except psycopg.errors.ConnectionTimeout:
        silent.begins(parameters)
        raise

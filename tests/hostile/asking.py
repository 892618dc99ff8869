"""A request put to the WSGI application as its bytes came, and what came of it."""

import io
import resource
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote_to_bytes

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

SERVER = "testserver"
SECRET = "a" * 32  # of the form's token; a cookie and a field that say the same are all that is asked of a form
MOST = 30_000_000  # bytes of an answer that are kept


@dataclass
class Sent:
    """A request; `target` is path and query as they stand in its first line."""

    target: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __str__(self):
        return f"{self.method} {self.target[:300]} {dict(list(self.headers.items())[:8])!r:.300} {self.body[:300]!r}"


@dataclass
class Answer:
    """`seconds` of work: of this process, the readers of files that it started, and PostgreSQL's for it."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    seconds: float

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


class Application:
    """The site's own handler with all its middleware; `cookies` are those of whoever asks."""

    def __init__(self, cookies: str = ""):
        self.handler, self.cookies = WSGIHandler(), cookies

    def ask(self, sent: Sent) -> Answer:
        told: dict = {}

        def start(status, headers, exc_info=None):
            told["status"], told["headers"] = int(status[:3]), headers

        began = _worked()
        with _one_connection():
            chunks = self.handler(environment(sent, self.cookies), start)
            try:
                body = b"".join(chunks)[:MOST]
            finally:
                if hasattr(chunks, "close"):
                    chunks.close()
        return Answer(told["status"], told["headers"], body, _worked() - began)


def _worked() -> float:
    """Others use the machine too: what is waited for them says nothing of the site."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time() + children.ru_utime + children.ru_stime
    if connection.vendor != "postgresql" or connection.connection is None:
        return own
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return own + (int(backend.read_text().split()[0]) / 1e9 if backend.exists() else 0)


@contextmanager
def _one_connection():
    """A request gives its connection back, unless it is part of a transaction around it."""
    if not connection.in_atomic_block:
        yield
        return
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def environment(sent: Sent, cookies: str) -> dict:
    path, _mark, query = sent.target.partition("?")
    made = {
        "REQUEST_METHOD": sent.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.encode("utf-8", "surrogatepass")).decode("latin-1"),
        "QUERY_STRING": query.encode("utf-8", "surrogatepass").decode("latin-1"),
        "SERVER_NAME": SERVER,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "198.51.100.7",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(sent.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(sent.body)),
        "HTTP_HOST": SERVER,
        "HTTP_COOKIE": f"{cookies}; csrftoken={SECRET}".strip("; "),
    }
    for name, value in sent.headers.items():
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH", "REMOTE_ADDR") else f"HTTP_{key}"
        made[key] = value.encode("utf-8", "surrogatepass").decode("latin-1")
    return made

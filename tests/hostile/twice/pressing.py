"""A browser that presses twice: opens pages of a running site, and sends what their forms say over two connections."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from urllib.parse import urlencode, urlsplit

from tests.hostile.asking import SECRET
from tests.hostile.forms import Form, forms_of

BORDER = "zqborder"
WAIT = 120  # seconds


@dataclass(frozen=True)
class Press:
    """A form filled in, ready to be sent."""

    path: str
    kind: str
    body: bytes


@dataclass(frozen=True)
class Reached:
    status: int
    where: str
    text: str


class Browser:
    def __init__(self, address: str, session: str = ""):
        self.host, self.session = urlsplit(address).netloc, session

    def open(self, path: str) -> str:
        found = self._asked("GET", path)
        if found.status != 200:
            raise AssertionError(f"{path}: {found.status} {found.where}")
        return found.text

    def filled(self, path: str, sent: dict, *, having: str = "", files: dict | None = None) -> Press:
        """The first form of a page that has a field or button of this name, with `sent` typed into it."""
        forms = [form for form in forms_of(self.open(path), path) if not form.action.endswith("/logout/")]
        form = next((one for one in forms if _has(one, having)), None)
        if form is None:
            raise AssertionError(f"{path} has no form with {having!r}: {[one.names for one in forms]}")
        return press_of(form, sent, files)

    def send(self, press: Press) -> Reached:
        return self._asked("POST", press.path, press.body, {"Content-Type": press.kind})

    def twice(self, presses: list[Press]) -> list[tuple[Reached, Reached]]:
        """All at the same moment, each twice."""
        ready = Barrier(2 * len(presses))

        def sent(press: Press) -> Reached:
            ready.wait()
            return self.send(press)

        with ThreadPoolExecutor(2 * len(presses)) as pool:
            found = [*pool.map(sent, [press for press in presses for _time in range(2)])]
        return [*zip(found[::2], found[1::2], strict=True)]

    def _asked(self, method: str, path: str, body: bytes = b"", more: dict | None = None) -> Reached:
        connection = http.client.HTTPConnection(self.host, timeout=WAIT)
        cookies = f"csrftoken={SECRET}" + (f"; sessionid={self.session}" if self.session else "")
        try:
            connection.request(method, path, body or None, {"Cookie": cookies, **(more or {})})
            found = connection.getresponse()
            return Reached(found.status, found.headers.get("Location", ""), found.read().decode("utf-8", "replace"))
        finally:
            connection.close()


def _has(form: Form, name: str) -> bool:
    return not name or name in form.names or name in form.files or any(name in button for button in form.buttons)


def press_of(form: Form, sent: dict, files: dict | None = None) -> Press:
    fields = [(name, said) for name, said in form.fields if name not in sent and name != "csrfmiddlewaretoken"]
    fields += [(name, one) for name, said in sent.items() for one in (said if isinstance(said, list) else [said])]
    fields.append(("csrfmiddlewaretoken", SECRET))
    path = form.action
    if not form.files:
        return Press(path, "application/x-www-form-urlencoded", urlencode(fields).encode())
    parts = [
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n'.encode()
        for name, said in fields
    ]
    for name, (file, content) in (files or {}).items():
        about = f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
        parts.append(about.encode() + content + b"\r\n")
    return Press(path, f"multipart/form-data; boundary={BORDER}", b"".join(parts) + f"--{BORDER}--\r\n".encode())

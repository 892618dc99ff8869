"""What no answer may be: a fault of the server, late, holding what was sent unescaped, or leading off the site."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from tests.hostile.asking import SERVER, Answer, Sent
from tests.hostile.values import HOST

SECONDS = 3
SCRIPT = re.compile(rb"<script[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
UNESCAPED = (b"<zqb", b'zqc"zqd', b"zqd'zqe")
ACTIVE = re.compile(
    rb"""(?:href|src|action|formaction|xlink:href)\s*=\s*["']?[\s\x00-\x20]*(?:java|vb|data:text)[^"'>]*zq""", re.I
)
LINK = re.compile(rb"""(?:href|src|action)=["']([^"']*)""", re.IGNORECASE)
TRACES = (
    b"Traceback (most recent call last)",
    b"django.core.",
    b"site-packages",
    b"OperationalError",
    b"ProgrammingError",
)
MARKUP = ("text/html", "application/xhtml", "image/svg", "application/xml", "text/xml", "application/atom")
LEADING = (301, 302, 303, 307, 308)


def faults(sent: Sent, answer: Answer, seconds: float = SECONDS) -> list[str]:
    """In words; none where the answer is as it should be."""
    found = []
    if answer.status >= 500:
        found.append(f"status {answer.status}")
    if answer.seconds > seconds:
        found.append(f"{answer.seconds:.1f} s")
    if answer.status in LEADING and leads_away(sent, answer.header("location")):
        found.append(f"leads to {answer.header('location')[:200]!r}")
    return found + _in_headers(answer) + _in_body(sent, answer)


def leads_away(sent: Sent, location: str) -> bool:
    """As browsers read an address: backslashes are slashes, tabs and line ends are nothing."""
    read = re.sub(r"[\t\r\n]", "", location.strip("".join(map(chr, range(33))))).replace("\\", "/")
    try:
        parts = urlsplit(urljoin(f"http://{SERVER}{sent.target.partition('?')[0]}", read))
    except ValueError:
        return True
    return parts.netloc != SERVER or parts.scheme not in ("http", "https") or not location


def _in_headers(answer: Answer) -> list[str]:
    lines = [f"{name}: {value}" for name, value in answer.headers]
    found = [
        f"header {line[:200]!r}" for line in lines if re.search(r"[\r\n\x00]", line) or line.lower().startswith("x-zq")
    ]
    for line in lines:
        try:
            line.encode("latin-1")
        except UnicodeEncodeError:
            found.append(f"no header: {line[:200]!r}")
    if not any(name.lower() == "x-content-type-options" for name, _value in answer.headers) and answer.status != 304:
        found.append("no nosniff")
    return found


def _in_body(sent: Sent, answer: Answer) -> list[str]:
    found = [f"holds {trace!r}" for trace in TRACES if trace in answer.body]
    kind = answer.header("content-type").lower()
    if answer.body and not kind:
        found.append("no content type")
    if not kind.startswith(MARKUP) or answer.header("content-encoding"):
        return found
    outside = SCRIPT.sub(lambda script: b"<zqb" if b"<zqb" in script[0] else b"", answer.body)
    found += [f"holds {sign!r}: …{_around(outside, sign)}…" for sign in UNESCAPED if sign in outside]
    if active := ACTIVE.search(outside):
        found.append(f"runs {active[0][:100]!r}")
    return found + ([f"links to {HOST}"] if HOST.encode() in outside and _links_away(sent, outside) else [])


def _links_away(sent: Sent, body: bytes) -> bool:
    links = (link for link in LINK.findall(body) if HOST.encode() in link)
    return any(leads_away(sent, unescape(link.decode("utf-8", "replace"))) for link in links)


def _around(body: bytes, sign: bytes) -> str:
    at = body.index(sign)
    return body[max(at - 100, 0) : at + 60].decode("utf-8", "replace")

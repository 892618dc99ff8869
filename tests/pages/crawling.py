"""The public site as a robot reads it: every link of every page, and all that stands in the answers."""

import base64
import binascii
import io
import re
import zipfile
from collections import deque
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

HREF = re.compile(r'href="([^"#]+)')
LEFT_OUT = ("/static/", "/admin/", "/media/")
PARAMETERS = 1  # of a link that is followed: all that lists can be asked at once would never end
MOST = 3000


def crawl(client, *starts: str, left_out: tuple[str, ...] = ()):
    """Yields every address and what it says, but for those that begin as told."""
    seen, waiting = set(starts), deque(starts)
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        assert response.status_code in (200, 302), (address, response.status_code)
        text = text_of(response)
        yield address, text
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for link in HREF.findall(text):
            found = urljoin(address, unescape(link))
            if _is_followed(found) and found not in seen and not found.startswith(left_out):
                seen.add(found)
                waiting.append(found)
        assert len(seen) < MOST, "the site never ends"


def text_of(response) -> str:
    """An answer as text: a workbook's parts one after another, and what stands inside cursors."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(body))
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    text = body.decode("utf-8", "replace")
    return "\n".join([text, *_cursors(text)])


def _cursors(text: str):
    for cursor in re.findall(r"(?:after|before)=([\w-]+)", text):
        try:
            yield base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("utf-8", "replace")
        except binascii.Error:
            continue


def _is_followed(address: str) -> bool:
    parts = urlsplit(address)
    asked = parse_qs(parts.query, keep_blank_values=True).keys() - {"after", "before"}
    inside = not parts.netloc and not parts.scheme and not parts.path.startswith(LEFT_OUT)
    return inside and len(asked) <= PARAMETERS and "per_page" not in asked

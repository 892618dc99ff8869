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
LEFT_OUT = ("/static/", "/admin/", "/media/", "/text/", "/en/text/")  # the last two change all pages that follow
PROVED = re.compile(r'class="proved" href="([^"#]+)#([^"]+)')
# Parameters of a link that is followed: all that lists can be asked at once would never end. What a question finds
# depends on no language, so in English each page is read as it stands.
PARAMETERS, IN_ENGLISH = 1, 0
# What differs each time: a line that tells the minute, the token of a form and when it was opened.
MADE = re.compile(
    '<p class="on-paper">.*?</p>|<input type="hidden" name="(csrfmiddlewaretoken|stamp)"[^>]*>', re.DOTALL
)
MOST = 5000


def crawl(client, *starts: str, left_out: tuple[str, ...] = (), within: str = "/", unasked: tuple[str, ...] = ()):
    """Yields every address and what it says, but for those that begin as told; `within` is how all others begin.

    `unasked` are parameters whose links are not followed: half of the site are the orders of its lists.
    """
    seen, waiting = set(starts), deque(starts)
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        assert response.status_code in (200, 302), (address, response.status_code)
        text = text_of(response)
        yield address, text
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for link in (*HREF.findall(text), *proofs(text)):
            found = urljoin(address, unescape(link))
            if (
                found not in seen
                and _is_followed(found, unasked)
                and found.startswith(within)
                and not found.startswith(left_out)
            ):
                seen.add(found)
                waiting.append(found)
        assert len(seen) < MOST, "the site never ends"


def proofs(text: str) -> list[str]:
    """Where the site's script finds what proves the figures of a page."""
    return [f"{page}proof/{place}/" for page, place in PROVED.findall(text)]


def text_of(response) -> str:
    """An answer as text: a workbook's parts one after another, and what stands inside cursors."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(body))
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    text = MADE.sub("", body.decode("utf-8", "replace"))
    return "\n".join([text, *_cursors(text)])


def _cursors(text: str):
    for cursor in re.findall(r"(?:after|before)=([\w-]+)", text):
        try:
            yield base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("utf-8", "replace")
        except binascii.Error:
            continue


def _is_followed(address: str, unasked: tuple[str, ...]) -> bool:
    parts = urlsplit(address)
    asked = parse_qs(parts.query, keep_blank_values=True).keys() - {"after", "before"}
    inside = not parts.netloc and not parts.scheme and not parts.path.startswith(LEFT_OUT)
    most = IN_ENGLISH if parts.path.startswith("/en/") else PARAMETERS
    return inside and len(asked) <= most and asked.isdisjoint({"per_page", *unasked})

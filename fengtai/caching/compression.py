"""Pages and files go out compressed where that tells nobody anything: what everybody may read, and nobody's secrets.

The length of a compressed answer tells an eavesdropper who can put words into it what else stands in it (BREACH). So
nothing is compressed that looked at a cookie or sets one: pages of staff, and forms with their token.
"""

import gzip
import re
import zlib
from collections.abc import Iterator

from django.utils.cache import patch_vary_headers

SMALLEST = 500  # bytes; less gains nothing
TEXTS = re.compile(r"text/|application/(?:json|jsonl|xml|atom\+xml|ld\+json|vnd\.oai\.openapi)|image/svg")
_REFUSED = re.compile(r"gzip\s*;\s*q=0(?:\.0*)?(?![.0-9])")
GZIP_STREAM = 31  # zlib's window of 15 bits, in the format of gzip
PAGE_LEVEL, STREAM_LEVEL = 6, 3  # a page is kept and sent many times, a file is made once


def wants_gzip(request) -> bool:
    asked = request.META.get("HTTP_ACCEPT_ENCODING", "").lower()
    return "gzip" in asked and not _REFUSED.search(asked)


def compressed(body: bytes) -> bytes:
    """The same bytes each time: no time of day stands in them."""
    return gzip.compress(body, PAGE_LEVEL, mtime=0)


class Compression:
    """Around everything that may be compressed, but for pages that the page cache keeps as compressed already."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not _may_be_compressed(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if wants_gzip(request) and request.method == "GET":
            _compress(response)
        return response


def _may_be_compressed(response) -> bool:
    headers = response.headers
    return (
        TEXTS.match(headers.get("Content-Type", "")) is not None
        and not response.has_header("Content-Encoding")
        and not response.has_header("ETag")  # of these very bytes
        and not response.cookies
        and "cookie" not in headers.get("Vary", "").lower()
        and (response.streaming or len(response.content) >= SMALLEST)
    )


def _compress(response) -> None:
    response["Content-Encoding"] = "gzip"
    if response.streaming:
        response.streaming_content = _stream(response.streaming_content)
        del response["Content-Length"]
        return
    response.content = compressed(response.content)
    response["Content-Length"] = str(len(response.content))


def _stream(chunks) -> Iterator[bytes]:
    """Each chunk as soon as it is there: whoever reads a long file sees it grow, and none of it waits in memory."""
    packer = zlib.compressobj(STREAM_LEVEL, zlib.DEFLATED, GZIP_STREAM)
    for chunk in chunks:
        yield packer.compress(chunk) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()

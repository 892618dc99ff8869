"""At most two heavy downloads per reader at a time, counted in the cache that all processes share.

A turn is renewed while its file is being sent, and given back when the file ends, fails or is cancelled. The turn of a
process that was killed expires by itself.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import get_random_string

TURNS = 2
LIFETIME = 120  # seconds for which a turn outlives its last renewal
RENEWED = 15  # seconds between renewals
RETRY_AFTER = 30  # seconds after which a reader without a turn may ask again


@dataclass
class Turn:
    """One of a reader's turns; `token` tells its holder, since an expired turn may have gone to another download."""

    key: str
    token: str
    renewed: float = field(default_factory=time.monotonic)

    def renew(self):
        """Keeps the turn; one that expired because the reader is slow is taken again if it is still free."""
        if time.monotonic() - self.renewed < RENEWED:
            return
        self.renewed = time.monotonic()
        if _cache().get(self.key) == self.token:
            _cache().touch(self.key, LIFETIME)
        else:
            _cache().add(self.key, self.token, LIFETIME)

    def give_back(self):
        if _cache().get(self.key) == self.token:
            _cache().delete(self.key)


class HeldStream:
    """A file's chunks and the turn they hold. A generator that never started would not give its turn back."""

    def __init__(self, chunks: Iterator, turn: Turn):
        self.chunks, self.turn = chunks, turn

    def __iter__(self):
        return self

    def __next__(self):
        try:
            chunk = next(self.chunks)
        except BaseException:
            self.turn.give_back()
            raise
        self.turn.renew()
        return chunk

    def close(self):
        self.chunks.close()
        self.turn.give_back()


def take_turn(request) -> Turn | None:
    """A turn for one more download; None while the reader has all of them in use."""
    reader, token = sha256(_reader(request).encode()).hexdigest()[:32], get_random_string(16)
    keys = (f"download:{reader}:{number}" for number in range(TURNS))
    return next((Turn(key, token) for key in keys if _cache().add(key, token, LIFETIME)), None)


def _reader(request) -> str:
    """Who signed in, else the address."""
    return f"user {request.user.pk}" if request.user.is_authenticated else client_address(request)


def client_address(request) -> str:
    """The address that the nearest trusted proxy saw: what stands left of it anybody can write."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    proxies, seen = settings.TRUSTED_PROXIES, forwarded.split(",") if forwarded else []
    return seen[-proxies].strip() if 0 < proxies <= len(seen) else request.META.get("REMOTE_ADDR", "")


def client_network(request) -> str | None:
    """What counts as one sender where senders are limited; None for what is no address.

    Of the new kind of addresses a household has millions: its /64 counts as one, told by its first address.
    """
    try:
        found = ip_address(client_address(request))
    except ValueError:
        return None
    if found.version == 4:
        return str(found)
    # A server that listens for both kinds sees the old ones inside the new.
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False).network_address)


def _cache():
    return caches["turns"]

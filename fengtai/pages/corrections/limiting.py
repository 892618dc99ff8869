"""So many reports an hour from one address, counted in the cache that all processes share (`downloads/turns.py`)."""

from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.cache import caches

from fengtai.downloads.turns import client_address, client_network

WINDOW = 3600  # seconds


def may_send(request, token: UUID) -> bool:
    """Takes one of the turns of an address; a form that has one already needs no other."""
    sender = client_network(request) or client_address(request)
    cache, sender = caches["turns"], sha256(sender.encode()).hexdigest()[:32]
    for number in range(settings.CORRECTIONS_PER_HOUR):
        key = f"correction:{sender}:{number}"
        if cache.add(key, token.hex, WINDOW) or cache.get(key) == token.hex:
            return True
    return False

"""A file that breaks off while it is sent must not look like a shorter one that is whole.

The server ends the answer as if nothing had happened when its application fails in the middle, so the file itself has
to tell. When the whole server dies the connection breaks off, which every browser and program notices.
"""

import logging
from collections.abc import Callable, Iterator

from django.utils.translation import gettext_noop as N_

BROKEN_OFF = N_("This file is not complete: it broke off while it was sent. Please download it again.")
told = logging.getLogger(__name__)


def told_if_broken_off(chunks: Iterator, last_words: Callable[[], str] | None) -> Iterator:
    """The chunks; if making them fails, the last words that their format has for it, or else an end in the middle."""
    try:
        yield from chunks
    except Exception:
        if last_words is None:
            raise
        told.exception("A file broke off while it was sent.")
        yield last_words()

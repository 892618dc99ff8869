"""What commands say to whoever runs the site: in Chinese and English, since nobody has chosen a language yet."""

from collections.abc import Collection, Iterator
from itertools import islice

from django.core.management.base import CommandError
from django.utils.translation import gettext, override

from fengtai.values.translatable import N_

MOST = 10  # names that are told one by one


def in_both(text: str, **details) -> str:
    """Chinese first."""
    lines = []
    for language in ("zh-hans", "en"):
        with override(language):
            said = {name: gettext(value) if name == "role" else value for name, value in details.items()}
            lines.append(gettext(text) % said)
    return "\n".join(lines)


def told_of_each(names: Collection[str], text: str) -> Iterator[str]:
    """What is said of each file; of many, as where a disk is missing, the first few and how many more."""
    for name in islice(names, MOST):
        yield in_both(text, file=name)
    if len(names) > MOST:
        yield in_both(N_("… and %(count)d more"), count=len(names) - MOST)


class Refused(CommandError):
    """What cannot be done, and why; `text` is marked by N_ and holds the names of `details`."""

    def __init__(self, text: str, **details):
        super().__init__(in_both(text, **details))

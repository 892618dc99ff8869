"""What the platform itself heads columns with, in downloads and in files that it returned."""

from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext, override

from fengtai.importing.reading import headings
from fengtai.importing.reading.headings import folded
from fengtai.importing.reading.row_fields import LANGUAGES
from fengtai.values.translatable import N_

NUMBER, NOTES = N_("platform number"), N_("Notes")  # of a download: its last column, and its second sheet
ADDRESS = N_("platform address")  # of a download: the column before
WRONG = N_("what is wrong")  # of a file that was returned: its last column


@cache
def own_headings() -> dict[str, str]:
    """What the platform itself heads columns with, and their use: a record's number, what was wrong with a row."""
    numbers = dict.fromkeys(("id", *map(folded, in_every_language(NUMBER))), headings.NUMBER)
    aside = ("record_url", *in_every_language(ADDRESS), *in_every_language(WRONG))
    return numbers | dict.fromkeys(map(folded, aside), headings.IGNORED)


def in_every_language(text: str) -> Iterator[str]:
    for language in LANGUAGES:
        with override(language):
            yield gettext(text)

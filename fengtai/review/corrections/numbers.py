"""The number by which somebody asks for their report: 26-7KQ4-M9RT, told over the telephone without a mistake."""

import re

from django.utils import timezone
from django.utils.crypto import get_random_string

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another: no 0 or O, no 1, I or L
LENGTH = 7  # by chance, of 31 letters each: 27 thousand million numbers a year, of which none tells another
NUMBER = re.compile(rf"(\d\d)([{LETTERS}]{{{LENGTH}}})([{LETTERS}])")


def new_number() -> str:
    year, chance = f"{timezone.localdate():%y}", get_random_string(LENGTH, LETTERS)
    return _spelled(year, chance + _check(year, chance))


def read_number(text: str) -> str:
    """A number as it is kept, however it was typed, with 编号 or No. too; empty where it can be none."""
    found = NUMBER.fullmatch(re.sub(r"^\D+|[\s\-–—_]", "", text).upper())
    if found is None or _check(found[1], found[2]) != found[3]:
        return ""
    return _spelled(found[1], found[2] + found[3])


def _spelled(year: str, letters: str) -> str:
    return f"{year}-{letters[:4]}-{letters[4:]}"


def _check(year: str, chance: str) -> str:
    """Weighed by place, so that one wrong letter or two that changed places are noticed: 31 is a prime."""
    weighed = sum(place * LETTERS.index(letter) for place, letter in enumerate(chance, 2))
    return LETTERS[(weighed + int(year)) % len(LETTERS)]

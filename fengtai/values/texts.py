"""Texts that a reader sees as they are kept: nothing hidden in them, and not blank to the eye."""

import re
import unicodedata

# Control characters but tab and line breaks, halves of characters, line and paragraph separators.
CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
# What turns the direction of the text behind it: 甲\u202e乙丙 is shown as 甲丙乙.
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# What takes no room, or shows as empty room: two names that differ by it alone look the same.
INVISIBLE = "\xad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
TAGS = "\U000e0000-\U000e007f"

HIDDEN_IN_LINES = re.compile(f"[{CONTROL}{DIRECTION}]")
HIDDEN_IN_TEXT = re.compile(f"[{CONTROL}{DIRECTION}\t\n\r]")
HIDDEN_IN_NAMES = re.compile(f"[{CONTROL}{DIRECTION}{INVISIBLE}{TAGS}\t\n\r]")
HIDDEN_IN_LISTED_NAMES = re.compile(f"[{CONTROL}{DIRECTION}{INVISIBLE}{TAGS}\t]")  # names one a line
BLANK = re.compile(f"[{CONTROL}{DIRECTION}{INVISIBLE}{TAGS}\\s]")


def unshowable(text: str, *, is_name: bool = True, has_lines: bool = False) -> str:
    """The first character that stands in a text without being seen, as "U+202E"; "" if there is none.

    Control and direction marks are refused in every text, other invisible characters in names; tabs and line breaks
    belong to texts of several lines (`has_lines`).
    """
    found = _hidden(is_name, has_lines).search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def _hidden(is_name: bool, has_lines: bool) -> re.Pattern:
    if is_name:
        return HIDDEN_IN_LISTED_NAMES if has_lines else HIDDEN_IN_NAMES
    return HIDDEN_IN_LINES if has_lines else HIDDEN_IN_TEXT


def shows_something(text: str) -> bool:
    """Whether any character of a text leaves a mark on the page; spaces and accents without a letter do not."""
    return any(unicodedata.category(character)[0] not in "CZM" for character in BLANK.sub("", text))

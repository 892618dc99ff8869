"""Texts that a reader sees as they are kept: nothing hidden in them, and not blank to the eye."""

import re
import unicodedata

# Control characters but tab and line breaks, halves of characters, line and paragraph separators.
CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
# Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt): who does not know them shows nothing.
# The marks that turn the direction of the text behind them are among these: 甲\u202e乙丙 is shown as 甲丙乙.
IGNORABLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Marks within hieroglyphs and annotations, and a braille cell without dots, which no program shows either.
UNSHOWN_MARKS = "\u2800\ufff9-\ufffb\U00013430-\U0001343f"
# What has no meaning that two people share: private use, and code points that will never be characters.
PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
LAST_OF_PLANES = "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0xF0000, 0x10000))
NONCHARACTERS = f"\ufdd0-\ufdef{LAST_OF_PLANES}"
HIDDEN = f"{CONTROL}{IGNORABLE}{UNSHOWN_MARKS}{PRIVATE}{NONCHARACTERS}"

HIDDEN_IN_LINES = re.compile(f"[{HIDDEN}]")
HIDDEN_IN_TEXT = re.compile(f"[{HIDDEN}\t\n\r]")
BLANK = re.compile(f"[{HIDDEN}\\s]")
BREAK = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\x7f])")
SPACES = re.compile("[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")  # blanks of any width, but no line break


LONGEST_IN_CELL = 32_767  # characters; Excel calls a file with more damaged
NOT_IN_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no XML can hold them


def in_cell(text: str) -> str:
    """A text as a cell of a workbook can hold it: without control characters, cut with an … if too long."""
    if len(text) > LONGEST_IN_CELL:
        text = f"{text[: LONGEST_IN_CELL - 1]}…"
    return NOT_IN_CELL.sub("", text)


def unshowable(text: str, *, has_lines: bool = False) -> str:
    """The first character that stands in a text without being seen, as "U+202E"; "" if there is none.

    Tabs and line breaks belong to texts of several lines (`has_lines`).
    """
    found = (HIDDEN_IN_LINES if has_lines else HIDDEN_IN_TEXT).search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def spelled(text: str) -> str:
    """With an escape for every character that leaves no mark: a thin space in a number is \\u2009."""
    parts = (each if each.isprintable() else ascii(each)[1:-1] for each in text)
    return text if text.isprintable() else "".join(parts)


def shows_something(text: str) -> bool:
    """Whether any character of a text leaves a mark on the page; spaces and accents without a letter do not."""
    return any(unicodedata.category(character)[0] not in "CZM" for character in BLANK.sub("", text))


def tidy(text: str) -> str:
    """A line with plain single spaces: 示例　单位 and 示例 单位 look the same, and are the same."""
    return SPACES.sub(" ", text).strip()


def plain(text: str) -> str:
    """A name as it is compared: full and half width alike, without blanks around it."""
    return " ".join(unicodedata.normalize("NFKC", unbroken(text)).split())


def unbroken(text: str) -> str:
    """A name without the line breaks that only make it fit its cell; between Chinese characters there is no blank."""
    return " ".join(BREAK.sub("", text).splitlines()) if "\n" in text or "\r" in text else text

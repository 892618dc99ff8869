"""Texts that a spreadsheet could run: marked in files of plain text as it marks them itself, and read back unmarked.

A file of plain text cannot say that a cell is a text. What looks like the beginning of a formula is marked by an
apostrophe, at the start of the cell, of each line in it, and behind all that separates cells somewhere: a program that
knows no quotes begins a new cell there. Where it takes another sign for the separator quotes would be of no use, since
they stand in the middle of what it takes for a cell.
"""

import re

from fengtai.values.texts import HIDDEN

# Full width signs are typed for plain ones in Chinese, and spreadsheets take them as such; what nobody sees before
# them, and blanks, some programs drop first. A tab begins a cell of its own where quotes are not known.
SIGNS = "=+\\-@\t＝＋－＠﹦﹢﹣﹫"
BREAKS = "\n\r\v\f\x85\u2028\u2029"
SEPARATORS = ",;|\t"
BLANKS = ' "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000'
START = f"(?<![^{BREAKS}{SEPARATORS}])"  # of the text, or of a line or a cell in it
FORMULA = (
    f"(?:(?![{BREAKS}])['{BLANKS}{HIDDEN}])*+[{SIGNS}]"  # never gone back over: a long text costs no more than once
)
RUNS = re.compile(f"{START}(?={FORMULA})")
MARKED = re.compile(f"{START}'(?={FORMULA})")


def marked(text: str) -> str:
    """The text for a cell of a plain file, with an apostrophe before all that could run."""
    return RUNS.sub("'", text)


def unmarked(text: str) -> str:
    """The text that was marked; any other as it is."""
    return MARKED.sub("", text)

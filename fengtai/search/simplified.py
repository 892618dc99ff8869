"""Traditional characters as the simplified ones by which texts are found: 豐台 is 丰台, 後 is 后, 裡 is 里.

Index and query are both converted, one character at a time, so no word depends on those beside it, and a character
found is the character shown. What is displayed never changes. The pairs are those of OpenCC (Apache-2.0), the first
reading of each, with some variants; docs/decisions.md says why they are a table.
"""

from pathlib import Path

TABLE = Path(__file__).with_name("simplified.txt")  # a traditional character and a simplified one, between blanks
SIMPLIFIED = {ord(pair[0]): pair[1] for pair in TABLE.read_text("utf-8").split()}


def simplified(text: str) -> str:
    return text if text.isascii() else text.translate(SIMPLIFIED)

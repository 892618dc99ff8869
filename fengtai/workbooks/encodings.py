"""In which encoding a text was saved: by its mark, by what is valid, and between two Chinese ones by common characters.

Bytes of Big5 are often valid GB18030 too, and would be read as other characters without a word.
"""

import codecs

from fengtai.workbooks.errors import WorkbookError

SURE = 0.8  # of the characters are common ones, in the encoding that a text is in
CLEARLY = 0.15  # more than in the other
COMMON = {"gb18030": (0xB0, 0xD7, 0xA1), "big5": (0xA4, 0xC6, 0x40)}  # first byte from and to, second from


def decoded(content: bytes) -> str:
    """The text of a file; raises WorkbookError where its encoding cannot be told for certain."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _read(content, "utf-16")
    if b"\0" in content:
        code = "utf16" if content.count(b"\0") > len(content) / 8 else "nul"
        raise WorkbookError(code, row=content[: content.index(b"\0")].count(b"\n") + 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _read(content, _chinese(content), error.start)


def _read(content: bytes, encoding: str, start: int = 0) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise WorkbookError("encoding", row=content[: max(start, error.start)].count(b"\n") + 1) from error


def _chinese(content: bytes) -> str:
    """GB18030 or Big5, whichever makes common characters of the bytes; raises WorkbookError if neither clearly does."""
    mainland, taiwan = _common(content, "gb18030"), _common(content, "big5")
    if taiwan is None or (mainland or 0) >= max(SURE, taiwan - CLEARLY):
        return "gb18030"
    if taiwan >= SURE and taiwan - (mainland or 0) >= CLEARLY:
        return "big5"
    raise WorkbookError("encoding_unsure")


def _common(content: bytes, encoding: str) -> float | None:
    """The share of an encoding's common characters among all; None if the content is not valid in it."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    first, last, least = COMMON[encoding]
    codes = [character.encode(encoding) for character in text if character > "\x7f" and not _is_usual(character)]
    common = sum(len(code) == 2 and first <= code[0] <= last and code[1] >= least for code in codes)
    return common / max(len(codes), 1)


def _is_usual(character: str) -> bool:
    """Punctuation and full-width forms, which say nothing of the encoding."""
    return "\u2000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef" or character in "·×÷°±§"

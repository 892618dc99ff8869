"""Chinese on pages in English: each text says that it is Chinese, so that a screen reader speaks it as Chinese.

Pages in Chinese carry no such marks: all that stands there is Chinese already.
"""

import re
from collections.abc import Callable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = re.compile(f"[{_HAN}]")
_LATIN = re.compile("[A-Za-z]")
# From the number before the first character to the last character, over all that is no letter and no HTML.
_RUN = re.compile(f"(?:[0-9][0-9.,—–-]*)?[{_HAN}](?:[^A-Za-z<>&]*[{_HAN}\u3001-\u3011\uff01-\uff5e”’])?")
_TAG_OR_RUN = re.compile(f"<[^>]*>|{_RUN.pattern}")
LANG = ' lang="zh"'
SPECIAL = re.compile("[&<>\"']").search


def is_english() -> bool:
    """Whether the page at hand is for readers of English."""
    return get_language() == "en"


def lang_of(text: str) -> str:
    """The attribute of an element that holds nothing but this text, or is named by it; "" where it needs none."""
    return langs()(text)


def langs() -> Callable[[str], str]:
    """The same of many texts, for the language at hand."""
    return _lang_in_english if is_english() else lambda text: ""


def text_html() -> Callable[[str], str]:
    """Makes a text HTML, its Chinese marked as the language at hand needs it."""
    return _marked_text if is_english() else escaped


def texts_in(tag: str) -> Callable[[str], str]:
    """Makes a text the content of an element that `tag` opens, without its closing >."""
    if not is_english():
        return lambda text: f"{tag}>{escaped(text)}"
    return lambda text: f"{tag}{LANG}>{escaped(text)}" if is_chinese(text) else f"{tag}>{_marked_text(text)}"


def marked(html: str) -> SafeString:
    """HTML with its Chinese marked, on pages in English."""
    return mark_safe(_TAG_OR_RUN.sub(_mark, html) if HAN.search(html) and is_english() else html)


def escaped(text: str) -> str:
    """A text as HTML; most texts hold nothing that needs it, and looking is cheaper than replacing."""
    return escape(text) if SPECIAL(text) else text


def _lang_in_english(text: str) -> str:
    return LANG if HAN.search(text) else ""


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese throughout; one with Latin letters may only quote some."""
    return bool(HAN.search(text)) and not _LATIN.search(text)


def _marked_text(text: str) -> str:
    if not HAN.search(text):
        return escaped(text)
    return _TAG_OR_RUN.sub(_mark, escaped(text)) if _LATIN.search(text) else f"<span{LANG}>{escaped(text)}</span>"


def _mark(found: re.Match) -> str:
    return found[0] if found[0][0] == "<" else f"<span{LANG}>{found[0]}</span>"

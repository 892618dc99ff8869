"""A record as other pages speak of it: its label, its address, what is doubtful about it and what proves it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

NOT_STATED = _("not stated")
SPECIAL = re.compile("[&<>\"']").search


@dataclass(slots=True)
class Proof:
    """Where a source states something."""

    source: int
    title: str
    address: str
    paragraph: int | None
    words: str
    field: str

    @property
    def paragraph_shown(self) -> str:
        return paragraph_shown(self.paragraph)


@dataclass(slots=True)
class Link:
    """`address` is empty where a record has no page that the public may see, `doubt` where nobody asks for it."""

    pk: int
    text: str
    address: str = ""
    doubt: str = ""
    row: int = 0  # the linked row itself, which sources may state
    proofs: Iterable[Proof] = ()

    def __str__(self):
        return self.text

    def html(self) -> SafeString:
        """A doubtful record says so beside its name, with the reason."""
        text = escape(self.text)
        link = f'<a href="{escape(self.address)}">{text}</a>' if self.address else text
        if not self.doubt:
            return mark_safe(link)
        mark = f'<span class="doubt" title="{escape(self.doubt)}">{escape(gettext("to be checked"))}</span>'
        return mark_safe(f"{link} {mark}")


def proof_of(citation) -> Proof:
    address = address_of("sources", citation.source_id)
    return Proof(citation.source_id, citation.source.title, address, citation.paragraph, citation.words, citation.field)


def escaped(text: str) -> str:
    """A text as HTML; most texts hold nothing that needs it, and looking is cheaper than replacing."""
    return escape(text) if SPECIAL(text) else text


def link_maker(list_name: str) -> Callable[[int, str], str]:
    """Makes the HTML of a `Link` to records of a list, in the language at hand; records without a page are text."""
    if not list_name:
        return lambda pk, text: escaped(text)
    base = _base(list_name, get_language())
    return lambda pk, text: f'<a href="{base}{pk}/">{escaped(text)}</a>'


def address_of(list_name: str, pk: int) -> str:
    """The address of a record's page; the pattern is looked up once per list and language."""
    return f"{_base(list_name, get_language())}{pk}/" if list_name else ""


@lru_cache
def _base(list_name: str, language: str) -> str:
    return reverse(f"{list_name}-detail", args=[0]).removesuffix("0/")


def paragraph_shown(paragraph: int | None) -> str:
    """The paragraph in the source."""
    return gettext("¶%(paragraph)d") % {"paragraph": paragraph} if paragraph else gettext("cited")


def proofs_html(proofs: Iterable[Proof]) -> SafeString:
    """One link per paragraph of a source, with all the words that stand there."""
    words: dict[tuple, list[str]] = {}
    for proof in proofs:
        words.setdefault((proof.address, proof.title, proof.paragraph_shown), []).append(proof.words)
    links = (
        citation_html(address, title, " / ".join(dict.fromkeys(found)), escape(shown))
        for (address, title, shown), found in words.items()
    )
    return mark_safe(" ".join(links))


def citation_html(address: str, title: str, words: str, shown: str) -> str:
    """A link to a source; `shown` is HTML already."""
    return f'<a class="citation" href="{address}" title="{escaped(title)} {escaped(words)}">{shown}</a>'


def not_stated() -> SafeString:
    return mark_safe(f'<span class="not-stated">{escape(str(NOT_STATED))}</span>')

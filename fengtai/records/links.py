"""A record as other pages speak of it: its label, its address, what is doubtful about it and what proves it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fengtai.records.chinese import escaped, lang_of, text_html, texts_in
from fengtai.records.readings import UNREAD, describe

NOT_STATED = _("not stated")


@dataclass(slots=True)
class Proof:
    """Where a source states something."""

    source: int
    title: str
    address: str
    paragraph: int | None
    words: str
    field: str
    speaker: str = ""

    @property
    def paragraph_shown(self) -> str:
        return paragraph_shown(self.paragraph)


@dataclass(slots=True)
class Link:
    """`pk` is the key of the record that the text names, `address` where it leads.

    `address` is empty where a record has no page that the public may see, `doubt` where nobody asks for it.
    """

    pk: int
    text: str
    address: str = ""
    doubt: str = ""
    row: int = 0  # the linked row itself, which sources may state
    proofs: Iterable[Proof] = ()
    mark: str = ""  # HTML of what its figure says in English, or that it was not read
    published: str = ""  # the name as published, where the text is the one in English

    def __str__(self):
        return self.text

    def html(self) -> SafeString:
        """A doubtful record says so beside its name, with the reason."""
        tag = f'<a href="{escape(self.address)}"'
        link = f"{texts_in(tag)(self.text)}</a>" if self.address else text_html()(self.text)
        link += published_html(self.published)
        return mark_safe(f"{link}{self.mark} {doubt_html(self.doubt)}" if self.doubt else f"{link}{self.mark}")


def proof_of(citation) -> Proof:
    address = address_of("sources", citation.source_id, citation.paragraph_name)
    told = (citation.paragraph, citation.words, citation.field, citation.speaker)
    return Proof(citation.source_id, citation.source.title, address, *told)


def published_html(name: str) -> str:
    """The name as published, beside the one in English; "" where there is no other."""
    return f' <span class="published"{lang_of(name)}>{escaped(name)}</span>' if name else ""


def doubt_html(reason: str) -> str:
    """The reason is Chinese, the word for it is not."""
    word, lang = escape(gettext("to be checked")), lang_of(reason)
    shown = f'<span lang="en">{word}</span>' if lang else word
    return f'<span class="doubt"{lang} title="{escape(reason)}">{shown}</span>'


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the pages of a model's records stand, by the `name` of their address; empty where they have none."""

    name: str

    def address(self, pk: int) -> str:
        """In the language at hand; the pattern is looked up once per language."""
        before, after = _around(self.name, get_language())
        return f"{before}{pk}{after}" if before else ""

    def around(self) -> tuple[str, str]:
        """What stands before and after the key in an address, in the language at hand."""
        return _around(self.name, get_language())

    def html(self) -> Callable[[int, str], str]:
        """Makes the HTML of a `Link`, in the language at hand; records without a page are text."""
        before, after = _around(self.name, get_language())
        if not before:
            shown = text_html()
            return lambda pk, text: shown(text)
        shown = texts_in("")  # the attribute stands behind the address
        return lambda pk, text: f'<a href="{before}{pk}{after}"{shown(text)}</a>'


def public_pages(model) -> Pages:
    list_name = getattr(model, "list_name", "")
    return Pages(f"{list_name}-detail" if list_name else "")


def staff_pages(model) -> Pages:
    """In the admin, where not every model has pages."""
    return Pages(f"admin:{model._meta.app_label}_{model._meta.model_name}_change")


def address_of(list_name: str, pk: int, anchor: str = "") -> str:
    """The address of a record's public page, or of something on it."""
    address = Pages(f"{list_name}-detail" if list_name else "").address(pk)
    return f"{address}#{anchor}" if anchor else address


@lru_cache
def _around(name: str, language: str) -> tuple[str, str]:
    """What stands before and after the key in an address."""
    try:
        before, _key, after = reverse(name, args=[0]).rpartition("0") if name else ("", "", "")
    except NoReverseMatch:
        return "", ""
    return before, after


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


def proofs_in_full(proofs: Iterable[Proof]) -> SafeString:
    """The same with the words beside each paragraph, for paper and for whoever cannot point at a link."""
    told = []
    for proof in proofs:
        link = citation_html(proof.address, proof.title, proof.words, escape(proof.paragraph_shown))
        told.append(f"{link} <q{lang_of(proof.words)}>{escaped(proof.words)}</q>" if proof.words else link)
    return mark_safe(f'<span class="proof">{" ".join(told)}</span>') if told else mark_safe("")


def citation_html(address: str, title: str, words: str, shown: str, lang_of: Callable[[str], str] = lang_of) -> str:
    """A link to a source; `shown` is HTML already. What it says of the source is in the source's language."""
    lang = lang_of(title + words)
    shown = f'<span lang="en">{shown}</span>' if lang and shown.isascii() else shown  # ¶10 is no language's
    return f'<a class="citation" href="{address}"{lang} title="{escaped(title)} {escaped(words)}">{shown}</a>'


def not_stated() -> SafeString:
    return mark_safe(f'<span class="not-stated">{escape(str(NOT_STATED))}</span>')


def unread_mark(value) -> SafeString:
    """What stands behind a figure, growth or period that is shown as printed and not read; behind others nothing."""
    if not getattr(value, "is_unread", False):
        return mark_safe("")
    word, told = escape(str(UNREAD)), escape(describe(value))
    heard = f'<span class="hidden">{escape(gettext(": "))}{told}</span>'
    return mark_safe(f' <small class="unread" title="{told}">{word}{heard}</small>')


def unread_among(values: Iterable) -> SafeString:
    """The mark behind a text that names some values, if one of them was not read."""
    return next((unread_mark(value) for value in values if getattr(value, "is_unread", False)), mark_safe(""))

"""Forms, choices and links as a browser finds them on a page."""

from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from tests.hostile.forms import forms_of
from tests.pages.crawling import HREF


@dataclass
class Form:
    """Where it is sent, and its fields as pairs; files are none of them."""

    address: str
    fields: list[tuple[str, str]]

    def filled(self, **changed: str) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.fields if name not in changed] + [*changed.items()]


class _Choices(HTMLParser):
    def __init__(self):
        super().__init__()
        self.name, self.found = "", []

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "select":
            self.name = said.get("name") or ""
        elif tag == "option" and self.name and said.get("value"):
            self.found.append((self.name, said["value"]))


def form_in(page: str, address: str, holding: str) -> Form:
    """The form of a page that has this field, or whose own address ends so."""
    for form in forms_of(page, address):
        if holding in form.names or form.action.endswith(holding):
            return Form(form.action, form.fields)
    raise LookupError(f"{address} has no form with {holding}")


def choices_in(page: str) -> list[tuple[str, str]]:
    """Name and value of each choice of its fields, but for those that ask nothing."""
    reader = _Choices()
    reader.feed(page)
    return reader.found


def links_in(page: str, address: str) -> list[str]:
    """Addresses of the same site, without places within a page, in the order of the page."""
    site = urljoin(address, "/")
    found = (urljoin(address, unescape(link)) for link in HREF.findall(page))
    return [*dict.fromkeys(link for link in found if link.startswith(site))]

"""The forms of a page as a browser sees them, whatever page it is: where each is sent, and what it would say."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

FILE = "file"


@dataclass
class Form:
    """A form that is posted; `fields` in the order of the page, `buttons` are name and value of what sends it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    ident: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name, _value in self.fields))


class _Reader(HTMLParser):
    """Inputs within a form, and those outside that name it by `form`."""

    def __init__(self, address: str):
        super().__init__()
        self.address, self.forms, self.open = address, [], None
        self.select = self.text = None

    def handle_starttag(self, tag, attrs):
        said = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.address, said.get("action") or self.address)
            self.open = Form(action, ident=said.get("id", ""))
            if said.get("method", "").lower() == "post":
                self.forms.append(self.open)
        elif tag in ("input", "button", "select", "textarea", "option"):
            self._control(tag, said)

    def _control(self, tag: str, said: dict):
        form = next((one for one in self.forms if one.ident == said["form"]), None) if "form" in said else self.open
        if tag == "option":
            self._option(said)
        elif form is None or not said.get("name") or "disabled" in said:
            self.select = None if tag == "select" else self.select
        elif tag == "select":
            self.select = (form, said["name"], "multiple" in said, [])
        elif tag == "textarea":
            self.text = (form, said["name"], [])
        elif tag == "button" or said.get("type") in ("submit", "image"):
            form.buttons.append((said["name"], said.get("value", "")))
        elif said.get("type") == FILE:
            form.files.append(said["name"])
        elif said.get("type") not in ("checkbox", "radio") or "checked" in said:
            form.fields.append((said["name"], said.get("value", "on" if said.get("type") == "checkbox" else "")))

    def _option(self, said: dict):
        if self.select:
            self.select[3].append((said.get("value", ""), "selected" in said))

    def handle_data(self, data):
        if self.text:
            self.text[2].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "textarea" and self.text:
            form, name, said = self.text
            form.fields.append((name, "".join(said).removeprefix("\n")))
            self.text = None
        elif tag == "select" and self.select:
            form, name, several, options = self.select
            chosen = [value for value, selected in options if selected]
            if not chosen and not several and options:
                chosen = [options[0][0]]
            form.fields += [(name, value) for value in chosen]
            self.select = None


def forms_of(html: str, address: str) -> list[Form]:
    """Those that are posted; each field says what it says when nobody has typed anything."""
    reader = _Reader(address)
    reader.feed(html)
    return reader.forms

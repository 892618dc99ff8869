"""Chinese and English are both complete: one catalogue, nothing missing or stale, and no page that mixes the two."""

import ast
import io
import re
from html.parser import HTMLParser

import pytest
from babel.messages.mofile import write_mo
from django.conf import settings
from django.utils import translation

from fengtai.lists.site import site_lists
from fengtai.management.commands.messages import (
    CATALOGUE,
    KEYWORDS,
    current_catalogue,
    strings_in_use,
    strings_of_template,
)
from tests import factories

pytestmark = pytest.mark.one_database

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|</?\w+>")
CHINESE = re.compile("[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]+")
LATIN_WORD = re.compile("[A-Za-z]{2,}")
FORMATS = {"Lines", "jsonl", "Excel", "CSV", "JSON", "xlsx", "csv", "json", "BibTeX", "GB"}


def messages(catalogue) -> dict:
    """By context and text: the original's forms, and the Chinese ones."""
    return {(m.context, _forms(m.id)): _forms(m.string) for m in catalogue if m.id}


def _forms(text) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def test_words_within_a_tag_of_a_template_are_collected(tmp_path):
    path = tmp_path / "one.html"
    path.write_text('{% load i18n %}{% firstof name _("Nobody") %} {% translate "Everybody" %}', "utf-8")
    assert {text for text, _context in strings_of_template(path)} == {"Nobody", "Everybody"}


def test_the_catalogue_holds_exactly_the_strings_in_use():
    kept, used = messages(current_catalogue()).keys(), messages(strings_in_use()).keys()
    assert (used - kept, kept - used) == (set(), set()), "new, and no longer used: run `make messages`"
    assert current_catalogue().obsolete == {}


def test_every_string_has_its_chinese():
    catalogue = current_catalogue()
    missing = [
        forms[0] for (_context, forms), chinese in messages(catalogue).items() if not all(map(str.strip, chinese))
    ]
    assert not missing, f"These strings have no Chinese yet: {', '.join(missing)}. Fill them in, then `make messages`."
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_a_translation_keeps_placeholders_and_marks():
    for (_context, original), chinese in messages(current_catalogue()).items():
        kept = {tuple(sorted(PLACEHOLDER.findall(text))) for text in (*original, *chinese)}
        assert len(kept) == 1, original


def test_the_compiled_catalogue_is_that_of_the_source():
    compiled = io.BytesIO()
    write_mo(compiled, current_catalogue())
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make messages`"


def test_no_string_is_put_together_before_it_is_translated():
    for context, original in messages(strings_in_use()):
        assert "{" not in "".join(original), (context, original)
    for path in (path for folder in settings.SUBJECTS for path in (settings.BASE_DIR / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KEYWORDS:
                assert not any(isinstance(text, ast.JoinedStr | ast.BinOp) for text in node.args), (path, node.lineno)


@pytest.mark.django_db
def test_an_english_page_tells_nothing_in_chinese(client):
    examples = [text for _context, forms in messages(current_catalogue()) for text in forms if CHINESE.search(text)]
    examples += ["示例单位", "示例项目", "示例指标", "示例区"]  # rows that the factories make beside those asked for
    for address, told in pages_of_the_site(client, "en", _english_data, "Elm"):
        for example in examples:
            told = told.replace(example, "")
        assert CHINESE.findall(told) == [], address


@pytest.mark.django_db
def test_a_chinese_page_tells_nothing_in_english(client):
    for address, told in pages_of_the_site(client, "zh-hans", dict, "示例"):
        assert set(LATIN_WORD.findall(told)) - FORMATS == set(), address


def pages_of_the_site(client, language: str, data, word: str):
    """Every kind of page and what it tells: lists empty, filled and wrongly asked, records, searches, an error."""
    with translation.override(language):
        lists = [page.address for page in site_lists()]
        yield from _told(client, language, lists)
        records = [record.get_absolute_url() for record in _records(data(), word)]
        home = "/en/" if language == "en" else "/"
        yield from _told(client, language, [*records, home, f"{home}data/", f"{home}data/api/", f"{home}nowhere/"])
        yield from _told(client, language, [f"{home}search/?q={words}" for words in ("", word, "%00", "0-0")])
        for query in ("", "?0=1&page=0&per_page=7&source=0&doubt=0"):
            yield from _told(client, language, [f"{address}{query}" for address in lists])
        queries = (f"?q={word}&doubt=yes", "?q=0-0", "?page=2")
        yield from _told(client, language, [f"{home}organisations/{query}" for query in queries])


def _told(client, language: str, addresses):
    for address in addresses:
        page = client.get(address).content.decode()
        assert f'<html lang="{language}">' in page, address
        reader = Reader(language)
        reader.feed(page)
        yield address, "\n".join(reader.told)


def _records(data: dict, word: str) -> list:
    """A row of every list with a doubt, a citation and a revision, all on a roster, and more than one page of firms."""
    rows = {}
    for name in (page.name for page in site_lists()):
        rows[name] = factories.LIST_ROWS[name](**_given(data, name, word), doubt=word)
        factories.citation(rows[name], words=word)
        rows[name].doubt = f"{word} 2"
        rows[name].save()
    factories.roster_figure(name=word, figure="30%")
    factories.amount(project=rows["projects"], figure="US$350" if word.isascii() else "350元")
    factories.stage_entry(project=rows["projects"])
    for number in range(26):
        factories.organisation(name=f"{word} {number}")
    return list(rows.values())


def _given(data: dict, name: str, word: str) -> dict:
    """A list without a factory has rows named in Chinese: here they are named by the word."""
    return data.get(name, {} if name in factories.LIST_ROWS else {"name": word})


def _english_data() -> dict:
    """Rows named in English, with figures and periods that need no Chinese."""
    factories.level(name="Partner")
    factories.source(title="Gazette")
    output = {"indicator": factories.indicator(name="Output"), "scope": factories.scope(name="District")}
    return {
        "partners": {"name": "Oak"},
        "organisations": {"name": "Elm"},
        "memberships": {"organisation": factories.organisation(name="Ash")},
        "honours": {"title": "Prize", "printed": "Elm"},
        "rosters": {"title": "Entrants", "stated": "600"},
        "places": {"name": "Elm House"},
        "projects": {"title": "Elm Works"},
        "observations": {**output, "value": "2187.5", "period": "2023"},
        "industries": {"name": "Rail"},
        "policies": {"name": "Nine points"},
        "events": {"title": "Launch"},
        "conferences": {"name": "Congress", "held": "2024-04-23"},
        "sources": {"title": "Gazette"},
    }


class Reader(HTMLParser):
    """What a page tells in its own language: text and labels, without code and what is marked as another language."""

    VOID = {"br", "hr", "img", "input", "link", "meta"}
    FOR_PROGRAMS = {"viewport", "theme-color", "robots", "og:type", "og:url", "og:image"}
    LABELS = {"alt", "aria-label", "content", "data-label", "placeholder", "title"}

    def __init__(self, language: str):
        super().__init__()
        self.language, self.told, self.inside = language[:2], [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        foreign = (attributes.get("lang") or self.language)[:2] != self.language or tag in ("code", "script")
        skipped = foreign or any(self.inside)
        if not skipped and attributes.get("name", attributes.get("property")) not in self.FOR_PROGRAMS:
            self.told += [value for name, value in attrs if name in self.LABELS and value]
        if tag not in self.VOID:
            self.inside.append(foreign)

    def handle_endtag(self, tag):
        self.inside.pop()

    def handle_data(self, data):
        if not any(self.inside) and data.strip():
            self.told.append(data.strip())

"""Random questions to random rows: pages, files and the numbers of choices are what plain Python finds."""

import json
from functools import cache
from random import Random

import pytest
from django.http import QueryDict
from django.test import Client

from fengtai.lists import paging
from fengtai.lists.choices import UNSTATED
from fengtai.lists.questions import Question
from fengtai.lists.site import site_lists
from fengtai.pages.question_form import fields
from partners.models import Organisation
from tests import factories
from tests.lists.limits import count_to
from tests.operations.whole import is_whole

pytestmark = pytest.mark.django_db
LISTS = {page.name: page for page in site_lists()}
STATES = ["published", "published", "published", "draft"]
SORTS = ["", "name", "-name", "kind", "-kind", "credit_code", "-credit_code"]
ASKED = 20 if is_whole() else 8  # questions of each kind


@pytest.fixture
def chance():
    return Random(20240423)


@pytest.fixture
def rows(chance):
    """Organisations with all that can be asked of them, much of it not public."""
    levels = [factories.level(code=code, name=f"示例{code}") for code in ("partner", "leader")]
    industries = [factories.industry(state=chance.choice(STATES)) for _ in range(4)]
    rosters = [factories.roster(title=f"示例名单{number}", state=chance.choice(STATES)) for number in range(3)]
    sources = [factories.source(title=f"示例来源{number}", state=chance.choice(STATES)) for number in range(2)]
    for number in range(40):
        name = "示例" + "".join(chance.choice("甲乙丙长重") for _ in range(3))
        row = factories.organisation(
            name=name,
            kind=chance.choice(["firm", "firm", "institute", ""]),
            credit_code=chance.choice([None, f"91110106MA{number:08}"]),
            doubt=chance.choice(["", "", "示例"]),
            state=chance.choice(STATES),
        )
        row.industries.set(chance.sample(industries, chance.randint(0, 2)))
        if chance.random() < 0.3:
            row.names.create(name=f"示例{chance.choice('甲乙庚')}别名", kind="short")
        for level, roster in zip(levels, chance.sample([*rosters, None], 2), strict=True):
            if chance.random() < 0.5:
                state = chance.choice(STATES)
                factories.membership(organisation=row, level=level, roster=roster, held_back=state != "published")
        for source in chance.sample(sources, chance.randint(0, 2)):
            factories.citation(row, source=source)
    _held.cache_clear()
    _texts.cache_clear()
    return [row for row in Organisation.objects.all() if row.is_public]


@cache
def _held(row) -> dict[str, set[str]]:
    """Which choices a row holds, as the public may know."""
    memberships = [membership for membership in row.memberships.all() if membership.is_public]
    industries = {str(industry.pk) for industry in row.industries.all() if industry.is_public}
    return {
        "level": {membership.level.code for membership in memberships},
        "kind": {row.kind or UNSTATED},
        "industry": industries or {UNSTATED},
        "roster": {str(membership.roster_id) for membership in memberships if membership.roster_id},
        "source": {str(citation.source_id) for citation in row.citations.all() if citation.source.is_public},
        "doubt": {"yes" if row.doubt else "no"},
    }


@cache
def _texts(row) -> list[str]:
    return [row.name, *row.names.values_list("name", flat=True)]


def _answers(row, asked: dict[str, str]) -> bool:
    words = asked.get("q", "").split()
    found = all(any(word in text for text in _texts(row)) for word in words)
    return found and all(value in _held(row)[name] for name, value in asked.items() if name != "q")


def _ordered(rows, sort: str) -> list[int]:
    """By a column, then by name, then by key; what is not stated stands last either way."""
    name = sort.removeprefix("-") or "name"
    key = {"name": lambda row: "", "kind": lambda row: row.kind, "credit_code": lambda row: row.credit_code}[name]
    stated = [row for row in rows if key(row) is not None]
    unstated = [row for row in rows if key(row) is None]
    turned = sort.startswith("-")
    found = sorted(stated, key=lambda row: (key(row), row.sort_key, row.pk), reverse=turned)
    return [row.pk for row in found + sorted(unstated, key=lambda row: (row.sort_key, row.pk), reverse=turned)]


def _question(chance: Random, row) -> dict[str, str]:
    """Mostly what some row holds, so that most questions have answers."""
    held = {name: sorted(choices) for name, choices in _held(row).items() if choices}
    asked = {name: chance.choice(held[name]) for name in chance.sample(sorted(held), chance.randint(0, 3))}
    if chance.random() < 0.3:
        asked["q"] = chance.choice(["示例", "甲", "乙丙", "长 甲", "别名", "庚"])
    return asked


def _walked(asked: dict[str, str], direction: str) -> list[int]:
    """The keys of all pages, by their links."""
    address, keys = QueryDict(mutable=True), []
    address.update(asked)
    for _page in range(10):
        question = LISTS["organisations"].ask(address)
        window = question.window
        assert not question.errors
        keys = [*keys, *window.keys] if direction == "following" else [*window.keys, *keys]
        if not (link := getattr(window, direction)):
            return keys
        address = QueryDict(link.lstrip("?"))
    raise AssertionError("the pages do not end")


def _filed(asked: dict[str, str]) -> list[int]:
    response = Client().get("/organisations/", {**asked, "format": "json"})
    return [row["id"] for row in json.loads(b"".join(response.streaming_content))["rows"]]


@pytest.fixture(params=[1000, 6, 4, 1])
def counted(request, monkeypatch):
    """How far rows are counted: from twice as many on rows are many, and words that more hold are common."""
    count_to(monkeypatch, request.param)
    monkeypatch.setattr(paging, "PAGE_SIZES", (7, 25, 50, 100))
    return request.param


def test_pages_and_files_hold_the_rows_that_answer_in_their_order(counted, rows, chance):
    for _number in range(ASKED):
        asked, sort = _question(chance, chance.choice(rows)), chance.choice(SORTS)
        found = [row for row in rows if _answers(row, asked)]
        address = {**asked, **({"sort": sort} if sort else {})}
        keys = _filed(address)
        assert sorted(keys) == sorted(row.pk for row in found), address
        if "q" in asked and len(found) > counted:
            continue  # of common words a page shows the first rows alone
        assert _walked(address, "following") == keys, address
        assert _walked({**address, "before": "end"}, "previous") == keys, address
        if sort or "q" not in asked:
            assert keys == _ordered(found, sort), address


def test_the_numbers_of_choices_are_true_or_say_that_there_are_more(counted, rows, chance, monkeypatch):
    monkeypatch.setattr(Question, "most", None)  # however slow the machine is, no number is left for the next answer
    exact = 0
    for _number in range(ASKED):
        asked = _question(chance, chance.choice(rows))
        address = QueryDict(mutable=True)
        address.update(asked)
        for field in fields(LISTS["organisations"].ask(address)):
            others = {name: value for name, value in asked.items() if name != field.name}
            left = [_held(row) for row in rows if _answers(row, others)]
            for option in field.options:
                if option.value:
                    true = sum(option.value in held[field.name] for held in left)
                    assert option.rows.count == true or (option.rows.more and option.rows.count < true), (asked, option)
                    exact += not option.rows.more
    assert exact > (0 if counted == 1 else 2 * ASKED)  # what leaves nothing is not offered


def test_bounded_words_hide_no_row_from_a_file(counted, rows, chance):
    for _number in range(ASKED):
        asked = {**_question(chance, chance.choice(rows)), "q": chance.choice(["示例", "甲", "乙丙", "别名"])}
        found = {row.pk for row in rows if _answers(row, asked)}
        shown = _walked(asked, "following")
        assert set(_filed(asked)) == found, asked
        assert set(shown) <= found, asked
        assert len(shown) >= min(len(found), counted + 1), asked

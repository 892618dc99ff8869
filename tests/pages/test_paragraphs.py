"""A source by its paragraphs: each with all that is taken from it, and citations lead there."""

import re

import pytest
from django.http import QueryDict

from fengtai.lists.site import page_of
from fengtai.pages import paragraphs
from tests import factories

pytestmark = pytest.mark.django_db
MADE = re.compile(r"<time>.*?</time>")
SHOWN = re.compile(r'<section class="paragraph" id="(\w+)"')


@pytest.fixture
def source(db):
    return factories.source(title="示例公报")


def names(client, source, anchor: str) -> list[str]:
    """The records that stand in a paragraph, in its order."""
    text = client.get(source.get_absolute_url()).text
    _before, _separator, rest = text.partition(f'id="{anchor}" aria')
    return re.findall(r'<li><p><a href="[^"]+">(.*?)</a>', rest.partition("</section>")[0])


def test_paragraphs_follow_the_source_and_what_names_none_comes_last(client, source):
    for number in (12, 3, None):
        factories.citation(factories.place(name=f"示例{number}"), source=source, paragraph=number)
    assert SHOWN.findall(client.get(source.get_absolute_url()).text) == ["p3", "p12", "cited"]
    assert [names(client, source, anchor) for anchor in ("p3", "p12", "cited")] == [["示例3"], ["示例12"], ["示例None"]]


def test_citations_of_lists_and_pages_lead_to_their_paragraph(client, source):
    place = factories.place()
    factories.citation(place, source=source, paragraph=4, field="area")
    link = f'href="{source.get_absolute_url()}#p4"'
    assert link in client.get("/places/").text
    assert link in client.get(place.get_absolute_url()).text


def test_a_record_whose_address_is_a_name_is_led_to_by_its_name(client, source):
    named = factories.indicator(code="example-code")
    factories.citation(named, source=source, paragraph=2)
    assert f'href="{named.get_absolute_url()}"' in client.get(source.get_absolute_url()).text
    assert f'href="/indicators/{named.pk}/"' not in client.get(source.get_absolute_url()).text


def test_a_record_stands_once_with_every_field_and_its_figure(client, source):
    row = factories.observation(value="300余家", growth="增长2%")
    for field, words in (("value", "达到300余家"), ("growth", "增长2%")):
        factories.citation(row, source=source, paragraph=4, field=field, words=words, speaker="示例局")
    text = client.get(source.get_absolute_url()).text
    assert len(names(client, source, "p4")) == 1
    assert re.findall(r'class="proved" href="([^"]+)"', text) == [
        f"{row.get_absolute_url()}#{n}" for n in ("value", "growth")
    ]
    assert (re.findall(r"<q[^>]*>(.*?)</q>", text), text.count("示例局")) == (["达到300余家", "增长2%"], 1)


def test_a_part_stands_with_the_record_whose_page_it_is_on(client, source):
    project = factories.project(title="示例项目甲")
    factories.citation(project, source=source, paragraph=4, field="project")
    factories.citation(factories.amount(project=project), source=source, paragraph=4, field="figure")
    assert names(client, source, "p4") == ["示例项目甲"]


def test_very_many_records_are_cut_and_all_of_them_one_click_away(client, source, monkeypatch):
    monkeypatch.setattr(paragraphs, "FEW", 3)
    for number in range(9):
        factories.citation(factories.place(name=f"示例{number}"), source=source, paragraph=1 + number // 7)
    assert (len(names(client, source, "p1")), len(names(client, source, "p2"))) == (3, 2)
    link = f"/places/?source={source.pk}&amp;paragraph=1"
    assert re.findall(r'class="more" href="([^"]+)"', client.get(source.get_absolute_url()).text) == [link]
    assert page_of("places").ask(QueryDict(f"source={source.pk}&paragraph=1")).count == 7


def test_what_is_hidden_cuts_nothing(client, source, monkeypatch):
    """However much of it there is: the page looks as if it were not."""
    monkeypatch.setattr(paragraphs, "FEW", 5)
    for number in range(5):
        factories.citation(factories.place(name=f"示例{number}"), source=source, paragraph=1)
    before = client.get(source.get_absolute_url()).text
    for number in range(9):
        factories.citation(
            factories.place(name=f"zqmark{number}", state="draft"), source=source, paragraph=1 + number % 2
        )
    factories.citation(factories.project(state="draft"), source=source, paragraph=1)
    for field in ("name", "area"):
        factories.citation(factories.place(name="示例0"), source=factories.source(), paragraph=1, field=field)
    assert len(names(client, source, "p1")) == 5
    after = client.get(source.get_absolute_url()).text
    assert 'class="more"' not in before and MADE.sub("", before) == MADE.sub("", after)


@pytest.mark.parametrize(("public", "most"), [(3, 3), (4, 4), (5, 3)])
def test_as_many_as_are_public_decide(client, source, monkeypatch, public, most):
    monkeypatch.setattr(paragraphs, "FEW", 4)
    makers = (factories.place, factories.project)
    for number in range(public):
        factories.citation(makers[number % 5 == 4](), source=source, paragraph=1)
    assert len(names(client, source, "p1")) == most + (public == 5)


def test_one_citation_must_name_both_the_source_and_the_paragraph(source):
    place, other = factories.place(), factories.source(title="示例另一来源")
    factories.citation(place, source=source, paragraph=1)
    factories.citation(place, source=other, paragraph=2)
    ask = page_of("places").ask
    assert [ask(QueryDict(f"source={source.pk}&paragraph={number}")).count for number in (1, 2)] == [1, 0]
    assert [ask(QueryDict(f"paragraph={number}")).count for number in (1, 2, 3)] == [1, 1, 0]
    assert [list(ask(QueryDict(f"paragraph={text}")).errors) for text in ("0", "99999", "x")] == [["paragraph"]] * 3


def test_nothing_hidden_stands_in_a_paragraph_nor_makes_one(client, source):
    shown = factories.place(name="示例公开")
    factories.citation(shown, source=source, paragraph=1)
    factories.citation(shown, source=source, paragraph=2, held_back=True)
    factories.citation(factories.place(name="zqmark", state="draft"), source=source, paragraph=3)
    factories.citation(shown, source=source, paragraph=5, field="remark")
    text = client.get(source.get_absolute_url()).text
    assert (SHOWN.findall(text), "zqmark" in text) == (["p1"], False)


def test_what_a_source_does_not_show_of_itself_is_one_sentence(client, source):
    text = client.get(source.get_absolute_url()).text
    found = re.findall(r'<p class="missing">\s*(.*?)\s*</p>', text, re.DOTALL)
    assert found == ["本来源未载明：发布单位、发布时间、网址。"]
    assert "尚无已发布的内容引自本来源" in text

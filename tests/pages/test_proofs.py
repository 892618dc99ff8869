"""Every figure leads to the words that state it, wherever it stands."""

import re

import pytest

from fengtai.lists.site import site_lists
from tests import factories
from tests.pages.crawling import PROVED, proofs, text_of
from tests.pages.marked_rows import forget_hubs, marked

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
FIGURE = re.compile(r'<data lang="zh" class="figure')
BOTH = ("", "/en")


@pytest.fixture(autouse=True)
def no_hubs_of_other_tests():
    forget_hubs()


def observation(**given):
    return factories.observation(**{"value": "300余家", "period": "2023年", **given})


def proof(client, row, place: str = "value"):
    return client.get(f"{row.get_absolute_url()}proof/{place}/")


@pytest.mark.parametrize("start", BOTH)
def test_every_figure_of_a_list_is_a_link_to_a_place_that_proves_it(client, report, start):
    followed = set()
    pages = [f"{start}/{page.name}/" for page in site_lists()]
    for address in [f"{start}/", f"{start}/conferences/1/", *pages]:
        text = client.get(address).text
        assert len(FIGURE.findall(re.sub(r'<a class="proved".*?</a>', "", text))) == 0, address
        for (page, place), fragment in zip(PROVED.findall(text), proofs(text), strict=True):
            if fragment not in followed:
                followed.add(fragment)
                assert f'id="{place}"' in client.get(page).text, (address, page, place)
                assert client.get(fragment).status_code == 200, fragment
    assert len(followed) >= 35


@pytest.mark.parametrize("start", BOTH)
def test_no_link_stands_within_another_nor_without_words(client, report, start):
    lists = [f"{start}/{page.name}/" for page in site_lists()]
    for address in [f"{start}/", f"{start}/conferences/1/", *lists]:
        for link in client.get(address).text.split("<a ")[1:]:
            inside, end, _after = link.partition("</a>")
            words = re.sub(r"<[^>]*>", "", inside.partition(">")[2]).strip()
            assert end and (words or "aria-label" in inside), (address, link[:200])


def test_a_proof_tells_words_paragraph_source_speaker_and_vintage(client):
    row = observation(vintage="preliminary")
    source = factories.source(title="示例公报")
    for number in (3, 7):
        told = {"words": f"达到300余家{number}", "paragraph": number, "speaker": "示例局"}
        factories.citation(row, source=source, field="value", **told)
    text = proof(client, row).text
    assert re.findall(r"<q[^>]*>(.*?)</q>", text) == ["达到300余家3", "达到300余家7"]
    assert re.findall(r'class="citation" href="([^"]+)"', text) == [f"/sources/{source.pk}/#p{n}" for n in (3, 7)]
    assert (text.count("示例公报"), text.count("示例局"), text.count("初步核算")) == (1, 2, 1)
    assert proof(client, row).headers["X-Robots-Tag"] == "noindex"


def test_a_figure_without_words_of_its_own_says_so_and_names_where_the_record_stands(client):
    row = observation()
    assert "来源未单独写明" in proof(client, row).text
    factories.citation(row, field="indicator", words="示例用语")
    text = proof(client, row).text
    assert ("来源未单独写明" in text, "示例用语" in text) == (True, True)


def test_a_proof_names_what_replaced_the_figure_and_what_it_replaced(client):
    old = observation()
    new = observation(indicator=old.indicator, scope=old.scope, value="310家", supersedes=old, reason="示例修订")
    assert f'href="{new.get_absolute_url()}#value"' in proof(client, old).text
    assert f'href="{old.get_absolute_url()}"' in proof(client, new).text
    type(new).objects.filter(pk=new.pk).update(state="draft")
    assert "310家" not in proof(client, old).text


def test_a_figure_of_a_part_is_proved_by_itself(client):
    project = factories.project()
    first, second = (factories.amount(project=project, figure=figure) for figure in ("1亿元", "2亿元"))
    factories.citation(second, field="figure", words="贷款2亿元")
    link = f'href="{project.get_absolute_url()}#amounts-{second.pk}"'
    assert link in client.get("/projects/").text
    assert f'id="amounts-{second.pk}"' in client.get(project.get_absolute_url()).text
    assert "贷款2亿元" in proof(client, project, f"amounts-{second.pk}").text
    assert "贷款2亿元" not in proof(client, project, f"amounts-{first.pk}").text


def test_a_period_of_a_list_is_a_link_where_a_source_is_named_for_it(client):
    row = observation()
    assert f'{row.get_absolute_url()}#period"' not in client.get("/observations/").text
    factories.citation(row, field="period")
    assert f'{row.get_absolute_url()}#period"' in client.get("/observations/").text


def test_nothing_hidden_and_nothing_for_staff_has_a_proof(client):
    row = observation(remark="zqmark")
    for place in ("remark", "state", "version", "growth", "zqmark", "value-1", "amounts-1"):
        assert proof(client, row, place).status_code == 404, place
    hidden = marked(type(row), state="draft")
    assert proof(client, hidden).status_code == 404
    assert client.get(f"/observations/{2**63}/proof/value/").status_code == 404


def test_nothing_of_a_hidden_source_stands_in_a_proof(client):
    row = observation()
    hidden = factories.source(title="zqmark", state="draft")
    factories.citation(row, source=hidden, field="value", words="zqmark")
    assert "zqmark" not in text_of(proof(client, row))

"""Records are found by what public sources say of them, behind what they say themselves, and by nothing held back."""

import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from fengtai.records.models import Citation, Source
from fengtai.search.query import parse
from tests import factories
from tests.search.asking import context_of, first_rows, offered
from tests.search.queries import CITED

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
SAID = "示例区广泛吸纳发展伙伴九百家"


def found(client, words: str = SAID) -> list[str]:
    return first_rows(client, words).get("organisations", [])


@pytest.fixture
def cited(db):
    return factories.citation(factories.organisation(name="甲单位"), words=SAID, paragraph=3)


@pytest.mark.parametrize("typed", [SAID, "广泛吸纳", "甲单位 发展伙伴九百家", "廣泛吸納", "“示例区”、广泛吸纳"])
def test_a_record_is_found_by_what_a_source_says_of_it(client, cited, typed):
    assert found(client, typed) == ["甲单位"]
    [result] = context_of(client, typed)["found"]
    assert (result["page"].name, result["count"]) == ("organisations", "1")


def test_what_only_a_source_says_stands_beside_the_row_and_is_marked(client, cited):
    told = '<q class="cited">示例区<mark>广泛吸纳</mark>发展伙伴九百家</q>'
    for address in (reverse("search"), reverse("organisations")):
        assert told in client.get(address, {"q": "甲单位 广泛吸纳"}).content.decode()
        assert "<q" not in client.get(address, {"q": "甲单位"}).content.decode()


def test_what_a_record_says_itself_comes_first(client, cited):
    factories.organisation(name="丙单位", standing=SAID)
    factories.policy(name="乙办法", summary=SAID)
    factories.citation(factories.conference(name="丁大会"), words=SAID)
    assert found(client) == ["丙单位", "甲单位"]
    names = [result["page"].name for result in context_of(client, SAID)["found"]]
    assert names == ["policies", "organisations", "conferences"]


def test_a_source_finds_only_what_it_states(client, cited):
    """Keys of several tables are alike."""
    row = factories.project(pk=cited.object_id, title="示例项目甲")
    assert first_rows(client, SAID) == {"organisations": ["甲单位"]}
    Citation.objects.update(
        content_type=row.citations.model.objects.create(record=row, source=cited.source).content_type
    )
    assert first_rows(client, SAID) == {"projects": ["示例项目甲"]}


def hold_back(citation):
    Citation.objects.filter(pk=citation.pk).update(held_back=True)


def hide_its_source(citation):
    Source.objects.update(state="withdrawn")


def hide_its_record(citation):
    type(citation.record).objects.update(state="draft")


def prove_what_is_for_staff(citation):
    citation.field = "remark"
    citation.save()


def delete(citation):
    citation.delete()


HIDING = [hold_back, hide_its_source, hide_its_record, prove_what_is_for_staff, delete]


@pytest.mark.parametrize("hide", HIDING, ids=lambda hide: hide.__name__)
@pytest.mark.parametrize("typed", [SAID, f"{SAID}火星", f"火星 {SAID}", "示例区广乏吸纳"])
def test_nothing_held_back_is_found_counted_offered_or_told(client, cited, hide, typed):
    other = factories.organisation(name="乙单位")
    seen = told(client, typed)
    hide(cited)
    hidden = told(client, typed)
    Citation.objects.all().delete()
    if hide is hide_its_record:
        type(other).objects.exclude(pk=other.pk).delete()
    assert hidden == told(client, typed)
    assert typed == "示例区广乏吸纳" or hidden != seen


def told(client, typed: str) -> str:
    """All that the page says, but for what differs each time."""
    page = client.get(reverse("search"), {"q": typed}).content.decode()
    return re.sub(
        r'nonce="[^"]*"|name="csrfmiddlewaretoken"[^>]*', "", page.partition("<main")[2].partition("</main>")[0]
    )


def test_words_are_found_as_they_are_now(client, cited):
    cited.words = "示例区推介二十个项目"
    cited.save()
    assert (found(client), found(client, "推介二十个项目")) == ([], ["甲单位"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fengtai_citation SET words = %s, search = ''", [SAID])
        if connection.vendor == "postgresql":  # which alters no table with checks to come
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    call_command("rebuild_search", stdout=io.StringIO())
    assert (found(client), found(client, "推介二十个项目")) == (["甲单位"], [])


def test_staff_find_what_is_held_back(admin_client, cited):
    hold_back(cited)
    page = admin_client.get(reverse("admin:partners_organisation_changelist"), {"q": SAID})
    assert page.context["window"].keys == [cited.object_id]


def test_sentences_are_not_offered_as_names(client, cited):
    assert offered(client, "广泛吸钠") == []


def test_what_parts_a_sentence_parts_words_and_nothing_else_does():
    def words(text):
        return [word.text for word in parse(text).words]

    assert words("“轨道交通”、航天航空，数字经济。") == ["轨道交通", "航天航空", "数字经济"]
    assert words("2,187.5亿元 ２，１８７．５亿元 中国（通号） 乙’s") == ["2187点5亿元", "中国通号", "乙", "s"]
    assert len(words("、".join("甲乙丙丁戊己庚辛壬癸子丑"))) == 1  # as one word, where there would be too many


def test_the_words_of_the_report_are_found(client, report):
    found = {query: first_rows(client, query).get(name, []) for query, name, _label in CITED}
    assert [query for query, _name, label in CITED if not any(label in row for row in found[query])] == []

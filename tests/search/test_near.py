"""What was almost typed is offered and never taken; words without blanks are parted; nothing hidden is ever offered."""

import pytest
from django.urls import reverse

from partners.models import Organisation
from tests import factories
from tests.search.asking import context_of, first_rows, offered

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
NAME = "中国通号"


@pytest.mark.parametrize(
    "typed",
    [
        *("中国通好", "中国铜号", "中园通号", "终国通号"),  # one wrong
        *("中国大通号", "中国的通号", "中国通号号"),  # one too many
        *("中通号", "国中通号", "中国号通"),  # one missing, two exchanged
        *("中國通好", "种国童浩", "zhonguotonghao", "zhonggoutonghao"),
    ],
)
def test_a_name_with_one_slip_is_offered_and_never_taken(client, typed):
    factories.organisation(name=NAME)
    assert first_rows(client, typed) == {}
    assert NAME in offered(client, typed)[:1]
    assert [offer.words for offer in client.get(reverse("organisations"), {"q": typed}).context["meant"]][:1] == [NAME]


@pytest.mark.parametrize("typed", ["中国通号", "通号", "zgth"])
def test_what_is_found_by_its_name_is_not_doubted(client, typed):
    factories.organisation(name=NAME)
    factories.organisation(name="中国通好")
    assert offered(client, typed) == []


def test_one_word_of_several_is_mended(client):
    row = factories.partner(name=NAME)
    factories.organisation(name="中国电科")
    level = row.memberships.get().level.name
    assert offered(client, f"{level} 中国通好") == [f"{level} {NAME}"]


@pytest.mark.parametrize("typed", ["中国通好", "zhonggoutonghao", "中国通号银河", "通号银河"])
def test_nothing_hidden_is_offered_parted_or_counted(client, typed):
    row = factories.organisation(name="示例单位")
    row.names.create(name=NAME, kind="full")
    factories.organisation(name="银河证券")
    seen = context_of(client, typed)
    Organisation.objects.filter(pk=row.pk).update(state="draft")
    factories.organisation(name=NAME, state="draft")
    hidden = context_of(client, typed)
    Organisation.objects.exclude(name="银河证券").delete()
    without = context_of(client, typed)
    assert told(seen) != told(hidden) == told(without)


def told(context) -> tuple:
    meant = [(offer.words, offer.rows) for offer in context.get("meant") or ()]
    words = [(word.text, word.alone.rows, word.rest) for word in context.get("told") or ()]
    return meant, words, getattr(context.get("parted"), "words", ""), len(context["found"])


def test_words_without_blanks_are_parted_and_said_to_be(client):
    row = factories.partner(name=NAME)
    words = f"{NAME}{row.memberships.get().level.name}"
    context = context_of(client, words)
    assert context["parted"].words == f"{NAME} {row.memberships.get().level.name}"
    assert [result["page"].name for result in context["found"]] == ["organisations", "memberships"]


def test_parts_that_no_record_holds_together_are_parted_further(client):
    factories.policy(name="项目签约办法")
    factories.policy(name="九条", summary="9个重点项目集中签约")
    context = context_of(client, "9个项目签约")
    assert context["parted"].words == "9个 项目 签约"
    assert [result["page"].name for result in context["found"]] == ["policies"]


@pytest.mark.parametrize(
    "typed", ["--京东商城绝", "——京东商城绝无", "··京东·商城绝", "()京东商城无此", "京东(())商城绝", "++京东++"]
)
def test_punctuation_in_a_word_is_no_part_of_it(client, typed):
    for name in ("京东商城", "京剧院", "东方商场"):
        factories.organisation(name=name)
    for place in ("search", "organisations"):
        assert client.get(reverse(place), {"q": typed}).status_code == 200


def test_a_period_is_not_parted(client):
    factories.observation(period="2024年", indicator=factories.indicator(name="第三产业增加值", code="third"))
    factories.observation(period="2024年一季度", indicator=factories.indicator(name="第三产业投资", code="invested"))
    context = context_of(client, "2024年第三季度")
    assert (context["found"], context.get("parted"), context["told"]) == ([], None, [])


def test_a_number_is_not_parted(client):
    factories.policy(name="示例10条", summary="00后创业")
    assert told(context_of(client, "1000亿"))[1:] == ([], "", 0)


def test_a_part_may_name_the_list_that_is_asked_for(client):
    factories.project(title="京东MALL")
    context = context_of(client, "京东项目")
    assert (context["parted"].words, len(context["found"])) == ("京东 项目", 1)


def test_an_empty_answer_says_which_word_found_nothing_and_offers_the_rest(client):
    factories.organisation(name=NAME)
    factories.organisation(name="银河证券")
    told = context_of(client, "通号 火星 银河").get("told")
    assert [(word.text, word.alone.rows) for word in told] == [("通号", 1), ("火星", 0), ("银河", 1)]
    assert [word.rest for word in told] == [None, None, None]
    [found, nothing] = context_of(client, "通号 火星")["told"]
    assert (found.rest, nothing.rest.words, nothing.rest.address) == (None, "通号", "?q=%E9%80%9A%E5%8F%B7")


def pieces(client, typed: str) -> list[tuple]:
    return [(word.text, word.rest and word.rest.words) for word in context_of(client, typed).get("told") or ()]


def test_parts_are_words_that_records_hold_and_offer_the_rest(client):
    factories.organisation(name="甲单位", introduction="", standing="广泛吸纳发展伙伴")
    factories.organisation(name="乙单位", standing="丰台区赋能支持")
    factories.policy(name="示例办法", summary="赋能")
    assert pieces(client, "丰台区广泛吸纳") == [("丰台区", "广泛吸纳"), ("广泛吸纳", "丰台区")]
    assert pieces(client, "广泛吸纳火星") == [("广泛吸纳", None), ("火星", "广泛吸纳")]
    assert pieces(client, "赋能支持与发展伙伴") == [("赋能支持", "发展伙伴"), ("发展伙伴", "赋能支持")]
    assert pieces(client, "railtransit") == []


def test_where_no_one_part_hinders_what_is_found_together_is_offered(client):
    for name, standing in (("甲单位", "截至目前 链长单位"), ("乙单位", "丰台地区"), ("丙单位", "产业发展")):
        factories.organisation(name=name, standing=standing)
    told = pieces(client, "截至目前丰台地区产业发展链长单位")
    together = "截至目前 链长单位"
    assert told == [("截至目前", None), ("丰台地区", together), ("产业发展", together), ("链长单位", None)]


def test_a_known_word_is_parted_where_its_parts_are_found_together(client):
    factories.organisation(name="甲单位", standing="首届示例大会 456家")
    factories.policy(name="首届大会办法")
    assert context_of(client, "首届大会 456家")["parted"].words == "首届 大会 456家"


def test_more_parts_than_can_be_looked_for_are_not_looked_for(client):
    for number, word in enumerate(
        ["甲乙", "丙丁", "戊己", "庚辛", "壬癸", "子丑", "寅卯", "辰巳", "午未", "申酉", "戌亥"]
    ):
        factories.organisation(name=f"示例{number}", standing=word)
    told = context_of(client, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")["told"]
    assert len(told) == 10


def test_a_word_that_names_a_list_asks_for_it(client):
    factories.project(title="京东MALL")
    assert first_rows(client, "京东 项目") == first_rows(client, "project 京东") == {"projects": ["京东MALL"]}


@pytest.mark.parametrize("typed", ["京东 projects", "京东 Project", "京东 figures", "京东 figure"])
def test_one_and_many_name_a_list(client, typed):
    factories.observation(indicator=factories.indicator(name="京东"))
    factories.project(title="京东")
    assert [*first_rows(client, typed)] == ["observations" if "figure" in typed else "projects"]


def test_lists_are_in_the_order_of_their_best_answers(client):
    factories.policy(name="甲计划", summary="通号一号")
    factories.project(title="通号")
    factories.organisation(name="北京通号")
    assert [result["page"].name for result in context_of(client, "通号")["found"]] == [
        "projects",
        "organisations",
        "policies",
    ]


@pytest.mark.parametrize("typed", ["4.6%", "300+", "500强", "2187.4亿元", "6.5", "十二家"])
def test_numbers_are_never_mended(client, typed):
    factories.policy(name="示例4+6办法", summary="40.6%，30余家，600强，2187.5亿元，6.7，十三家")
    assert offered(client, typed) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("银河正", ["银河证券"]),
        ("飞航院", ["飞航技术研究院"]),
        ("celadn", ["Celadon"]),
        ("invesment", ["Investment"]),
        ("平安金融中兴", ["丽泽平安金融中心"]),
        *((typed, []) for typed in ("CRSC", "TAIX", "Celad", "潮流购务", "vestmant")),
    ],
)
def test_what_is_offered_is_a_whole_name_or_word(client, typed, meant):
    for name in ("银河证券", "飞航技术研究院", "丽泽平安金融中心"):
        factories.organisation(name=name)
    factories.policy(name="示例办法", name_en="Doctors: Celadon Investment, tai", summary="约7万平方米的潮流购物空间")
    assert offered(client, typed) == meant


def test_a_word_that_several_names_share_is_offered_itself(client):
    for name in ("北京通号设计", "上海通号"):
        factories.organisation(name=name)
    assert (offered(client, "通好"), offered(client, "海通好")) == (["通号"], ["上海通号"])

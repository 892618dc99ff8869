"""The form by which anybody points out a mistake: what it takes, what it refuses, and that nothing typed is lost."""

from html import unescape

import pytest
from django.core.cache import caches
from django.test import Client

from fengtai.review.corrections.models import LONGEST, Correction
from fengtai.review.corrections.numbers import read_number
from partners.models import Organisation
from tests import factories
from tests.pages.corrections.reports import FORM, said, sent, stamp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_turns(settings, request):
    """Turns of this test alone."""
    settings.CACHES = {
        **settings.CACHES,
        "turns": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": request.node.name},
    }
    caches["turns"].clear()


def test_a_report_holds_what_was_typed_and_what_was_shown_and_gets_a_number(client):
    firm = factories.organisation(name="示例银河", website="https://example.com/a")
    answer, number = sent(
        client, firm, field="name", right="示例银河集团", email="a@example.com", telephone="13812341234"
    )
    found = Correction.objects.get()
    assert (answer.status_code, number, read_number(number.lower().replace("-", " "))) == (302, found.number, number)
    assert (found.record, found.label, found.field, found.shown) == (firm, "示例银河", "name", "示例银河")
    assert (found.wrong, found.right, found.how) == ("示例名称写错", "示例银河集团", "示例执照")
    assert (found.email, found.telephone, found.state) == ("a@example.com", "13812341234", "received")


def test_the_form_names_the_record_and_the_fact_that_is_pointed_at(client):
    firm = factories.organisation(name="示例银河", website="https://example.com/a")
    where = firm.get_absolute_url()
    page, link = client.get(where).text, f"{FORM}?about={where}"
    assert f'href="{link}"' in page and f'href="{link}&amp;field=website"' in page
    asked = client.get(f"{link}&field=website")
    assert asked.context["field_shown"][1] == "https://example.com/a"
    assert asked.context["subject"].record == firm
    assert "no-store" in asked.headers["Cache-Control"]
    assert client.get(f"/en{link}").context["subject"].record == firm
    assert client.get(f"{FORM}?about=/en{where}").context["subject"].record == firm
    assert client.get(f"{link}&field=remark").context["field_shown"] is None


def test_a_record_whose_address_is_a_name_is_pointed_at_like_any(client):
    shown = factories.indicator(code="example-shown", name="示例指标")
    sent(client, about=shown.get_absolute_url())
    assert Correction.objects.get().record == shown
    factories.indicator(code="example-hidden", name="示例秘密", state="draft")
    answers = [client.get(FORM, {"about": f"/indicators/{code}/"}) for code in ("example-hidden", "never-there")]
    assert [(one.status_code, "示例秘密" in one.text) for one in answers] == [(400, False)] * 2


def test_only_an_address_of_the_web_leads_to_a_page(client):
    assert client.get(FORM, {"about": "javascript://testserver/search/?q=%0aalert(1)"}).context["subject"] is None


@pytest.mark.parametrize("state", [{"state": "draft"}, {"state": "review"}, {"state": "withdrawn"}, None])
def test_of_what_is_hidden_and_of_what_never_was_the_form_says_the_same(client, state):
    """So nobody learns by it what there is."""
    hidden = Organisation.objects.order_by("-pk").first()
    where = "/organisations/999999/"
    if state:
        hidden = factories.organisation(name="示例秘密", **state)
        where = f"/organisations/{hidden.pk}/"
    asked = client.get(FORM, {"about": where})
    answer = client.post(FORM, said(about=where))
    told = "本网站没有这个地址的公开页面"
    assert [(one.status_code, told in one.text, "示例秘密" in one.text) for one in (asked, answer)] == [
        (400, True, False)
    ] * 2
    assert Correction.objects.count() == 0


@pytest.mark.parametrize(
    "about", ["https://elsewhere.example/observations/1/", "//[", "/nothing/", "/admin/", "http://x"]
)
def test_another_sites_page_is_no_page_of_ours(client, about):
    assert client.post(FORM, said(about=about)).status_code == 400
    assert Correction.objects.count() == 0


def test_a_page_that_is_no_records_may_be_named_by_address_or_in_words(client):
    for about in ("/organisations/?kind=firm", "首页上方的数字"):
        assert sent(client, about=about)[0].status_code == 302
    assert [*Correction.objects.order_by("pk").values_list("address", "object_id")] == [
        ("/organisations/?kind=firm", None),
        ("首页上方的数字", None),
    ]


REFUSED = {
    "wrong": ["", "  ", "甲" * (LONGEST + 1), "甲\u202e乙", "甲\x00乙", "甲\x07", "\u200b"],
    "how": ["", "甲" * (LONGEST + 1), "甲\ufeff乙"],
    "right": ["甲\u2066", "甲" * (LONGEST + 1)],
    "email": ["示例", "a@b\x00.example"],
    "telephone": ["1\u200b2", "1" * 41],
    "about": ["甲\u202e乙", "甲" * 301],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in REFUSED.items() for text in texts])
def test_what_no_reader_sees_is_refused_at_its_field_and_all_that_was_typed_stays(client, name, text):
    kept = {"wrong": "示例错处", "right": "示例应为", "how": "示例依据"}
    answer = client.post(FORM, said(**{**kept, name: text}))
    assert (answer.status_code, [*answer.context["form"].errors]) == (400, [name])
    assert f'<a href="#report-{name}">' in answer.text
    assert f'id="report-{name}_error"' in answer.text
    assert [typed for one, typed in kept.items() if one != name and typed not in answer.text] == []
    assert "<title>错误" in answer.text
    assert Correction.objects.count() == 0
    assert client.post(f"/en{FORM}", said(**{**kept, name: text})).context["form"].errors.keys() == {name}


def test_lines_are_counted_as_the_browser_counts_them(client):
    lines = "\r\n".join(["甲"] * (LONGEST // 2))
    assert sent(client, wrong=lines)[0].status_code == 302
    assert Correction.objects.get().wrong == lines.replace("\r\n", "\n")


@pytest.mark.parametrize("trick", ["trap", "no stamp", "a stamp of its own", "too quick", "too late"])
def test_a_robot_is_refused_and_a_person_who_was_taken_for_one_loses_nothing(client, trick):
    tricks = {
        "trap": {"website": "x"},
        "no stamp": {"stamp": ""},
        "a stamp of its own": {"stamp": "x:y:z"},
        "too quick": {"stamp": stamp(seconds=0)},
        "too late": {"stamp": stamp(seconds=8 * 86400)},
    }
    more = tricks[trick]
    answer = client.post(FORM, said(wrong="示例错处", **more))
    assert (answer.status_code, Correction.objects.count()) == (400, 0)
    assert "示例错处" in answer.text and answer.context["form"].non_field_errors()


def test_one_address_sends_so_many_reports_an_hour_and_keeps_what_it_typed(client, settings):
    settings.CORRECTIONS_PER_HOUR = 2
    assert [sent(client)[0].status_code for _number in range(2)] == [302, 302]
    busy, _number = sent(client, wrong="示例第三次")
    assert (busy.status_code, busy.headers["Retry-After"], "示例第三次" in busy.text) == (429, "3600", True)
    assert sent(client)[0].status_code == 429
    assert client.post(FORM, said(), REMOTE_ADDR="192.0.2.7").status_code == 302
    homes = [client.post(FORM, said(), REMOTE_ADDR=f"2001:db8::{number}").status_code for number in (1, 2, 3)]
    assert homes == [302, 302, 429]
    assert Correction.objects.count() == 5


def test_addresses_of_the_old_kind_are_told_apart_where_they_come_as_new_ones(settings):
    settings.CORRECTIONS_PER_HOUR = 1
    senders = ["::ffff:192.0.2.1", "::ffff:192.0.2.2", "192.0.2.1", "2001:db8::1", "2001:db8::2"]
    answers = [sent(Client(REMOTE_ADDR=sender), about="首页")[0].status_code for sender in senders]
    assert answers == [302, 302, 429, 302, 429]


def test_a_form_sent_twice_is_one_report_and_takes_one_turn(client, settings):
    settings.CORRECTIONS_PER_HOUR = 1
    typed = said()
    first, second = client.post(FORM, typed), client.post(FORM, typed)
    assert (first.status_code, first.headers["Location"]) == (302, second.headers["Location"])
    assert Correction.objects.count() == 1


def test_the_form_is_taken_only_from_this_site():
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(FORM, said()).status_code == 403
    shown = stranger.get(FORM)
    sign = unescape(shown.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0])
    assert stranger.post(FORM, said(csrfmiddlewaretoken=sign)).status_code == 302

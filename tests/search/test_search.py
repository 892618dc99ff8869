"""A row is found by what it says, however it is typed and however it was written, and stands where pinyin puts it."""

import io
import json
from itertools import pairwise

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from fengtai.lists.finding import Finder
from fengtai.search import tokens as search
from fengtai.search.fields import SearchField, following
from fengtai.search.highlighting import highlighted
from fengtai.search.query import parse
from indicators.models import Observation
from partners.models import Organisation, OrganisationName
from projects.models import Project
from tests import factories
from tests.lists.limits import count_to

pytestmark = pytest.mark.django_db
CRSC = "中国通号"
LONGER = "中国铁路通信信号股份有限公司"
NAMES = st.text(st.sampled_from("中国通号长沙重庆厦门银行丰台科技CRSCcrsc5８Ｇ（）·&é"), min_size=2, max_size=12)


def found(text: str, model=Organisation, links=("names",)) -> list[str]:
    rows = Finder(model, links).find(model.objects.public(), parse(text))
    return sorted(str(row) for row in rows)


def listed(client, text: str, name="organisations") -> list[str]:
    response = client.get(reverse(name), {"q": text, "format": "json"})
    return [row["name"]["name"] for row in json.loads(b"".join(response.streaming_content))["rows"]]


# --- what is looked for


@given(NAMES)
@settings(max_examples=150, deadline=None)
def test_any_two_neighbouring_characters_of_a_name_are_among_its_tokens(name):
    held = search.tokens([name])
    for run in search.runs(name):
        for first, second in pairwise(run):
            assert f" {first}{second} " in held


@given(NAMES)
@settings(max_examples=100, deadline=None)
def test_width_case_and_punctuation_make_no_difference(name):
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name.upper())
    assert search.tokens([wide]) == search.tokens([name.casefold()])
    assert search.sort_key(wide) == search.sort_key(name)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "zgth",
            "ZGTH",
            "ｚｇｔｈ",
            "zhongguotonghao",
            "ZhongGuo",
            "zhongguoto",
            "通号",
            "中国通号",
            "中国 通号",
            "号",
        ),
        *(
            "９１１１０１０６ＭＡ００",
            "91110106ma00",
            "0106MA",
            "crsc",
            "RS",
            "信号股份",
            "zgtltx",
            "tonghao CRSC",
            "中国（通号）",
        ),
    ],
)
def test_an_organisation_is_found_by_any_name_by_reading_by_initials_and_by_code(typed):
    row = factories.organisation(name=CRSC, credit_code="91110106MA00000019")
    row.names.create(name="CRSC", kind="english")
    row.names.create(name=LONGER, kind="full")
    factories.organisation(name="银河航天", credit_code="91110106MA00000027").names.create(
        name="Galaxy", kind="english"
    )
    expected = [CRSC] if "0106" not in parse(typed).words[0].text else [CRSC, "银河航天"]
    assert found(typed) == sorted(expected)


@pytest.mark.parametrize(
    "typed", ["银河证券", "号通", "通国", "zgtx", "guozhong", "91110106MA00000028", "通号 银河", "2187"]
)
def test_what_no_name_holds_finds_nothing(typed):
    factories.organisation(name=CRSC, credit_code="91110106MA00000019")
    factories.organisation(name="银河航天 218.7")
    assert found(typed) == []


def test_a_word_in_one_name_and_a_word_in_another_find_their_organisation():
    row = factories.organisation(name=CRSC)
    row.names.create(name=LONGER, kind="full")
    factories.organisation(name="信号灯")
    assert found("通号 信号股份") == [CRSC]


def test_lists_look_through_what_they_link_to():
    row = factories.organisation(name=CRSC)
    row.names.create(name="CRSC", kind="english")
    honour = factories.honour(organisation=row, title="突出贡献")
    project = factories.project(title="")
    project.parties.create(organisation=row, role="signatory")
    seen = factories.observation(indicator=factories.indicator(name="地区生产总值"))
    assert found("crsc 突出", type(honour), ("organisation", "organisation__names")) == [str(honour)]
    assert found("zgth", Project, ("organisations", "organisations__names", "parties")) == [str(project)]
    assert found("dqsczz 2187.5", Observation, ("indicator",)) == [str(seen)]
    Organisation.objects.update(state="draft")
    assert found("crsc", Project, ("organisations", "organisations__names", "parties")) == []


# --- what cannot be looked for


@pytest.mark.parametrize("typed", ["（）", "'\"*", "-- ", "%_", " ".join("甲乙丙丁戊己庚辛壬癸子"), "\x00", "长" * 201])
def test_what_is_not_text_to_look_for_is_a_mistake_beside_the_field(client, typed):
    factories.organisation(name=CRSC)
    response = client.get(reverse("organisations"), {"q": typed})
    assert response.status_code == 400
    assert list(response.context["question"].errors) == ["q"]
    assert client.get(reverse("search"), {"q": typed}).context["found"] == []


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "NEAR(a b)",
            '"通号',
            "通号* OR 1",
            "AND",
            "search:通号",
            "通号') --",
            "a:* & b",
            "\\",
            "!通",
            "😀通",
            "长" * 200,
        ),
        *("z" * 200, "xi" * 100, "9" * 200, "^通号", "{通号}", "<->", "ª²", "〇〇", "né"),
    ],
)
def test_nothing_typed_is_read_as_syntax(client, typed):
    factories.organisation(name="示例单位")
    for name in ("organisations", "projects", "observations"):
        response = client.get(reverse(name), {"q": typed})
        assert response.status_code == (200 if any(map(str.isalnum, typed)) else 400)
        assert response.context["rows"] == ""


# --- every way of writing


def write_by_save(row):
    row.name = CRSC
    row.save()


def write_in_part(row):
    row.name = CRSC
    row.save(update_fields=["name"])


def write_what_was_loaded_in_part(row):
    part = Organisation.objects.only("name", "version").get(pk=row.pk)
    part.name = CRSC
    part.save()


def write_by_update(row):
    Organisation.objects.filter(pk=row.pk).update(name=CRSC)


def write_by_update_from_another_column(row):
    Organisation.objects.filter(pk=row.pk).update(region=CRSC)
    Organisation.objects.filter(pk=row.pk).update(name=F("region"))


def write_by_bulk_update(row):
    row.name = CRSC
    Organisation.objects.bulk_update([row], ["name"])


def write_by_upsert(row):
    again = Organisation(pk=row.pk, name=CRSC)
    Organisation.objects.bulk_create([again], update_conflicts=True, unique_fields=["id"], update_fields=["name"])


def write_by_update_or_create(row):
    Organisation.objects.update_or_create(pk=row.pk, defaults={"name": CRSC})


def write_by_loaddata(row, folder):
    [dumped] = json.loads(serializers.serialize("json", [row]))
    assert "search" not in dumped["fields"]
    dumped["fields"]["name"] = CRSC
    path = folder / "row.json"
    path.write_text(json.dumps([dumped]), "utf-8")
    call_command("loaddata", path, verbosity=0)


def write_past_django(row):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partners_organisation SET name = %s WHERE id = %s", [CRSC, row.pk])
    connection.check_constraints()  # as a commit does: PostgreSQL alters no table with checks to come
    call_command("rebuild_search", "organisations", stdout=io.StringIO())


WAYS = [value for name, value in globals().items() if name.startswith("write_")]


@pytest.mark.parametrize("write", WAYS, ids=lambda way: way.__name__)
def test_a_row_is_found_by_its_new_name_and_no_longer_by_its_old(write, tmp_path):
    row = factories.organisation(name="旧名单位", credit_code="91110106MA00000019")
    assert found("旧名") == ["旧名单位"]
    write(row, tmp_path) if write is write_by_loaddata else write(row)
    assert (found("旧名"), found("通号"), found("zgth")) == ([], [CRSC], [CRSC])
    assert found("MA000000") == [CRSC]  # what was not written is not lost
    assert Organisation.objects.values_list("sort_key", flat=True).get() == f"zhong guo tong hao\t{CRSC}"


def test_rows_made_or_deleted_in_bulk_are_found_or_forgotten():
    rows = Organisation.objects.bulk_create([Organisation(name=CRSC, state="published") for _number in range(3)])
    OrganisationName.objects.bulk_create([OrganisationName(organisation=rows[0], name="CRSC", kind="english")])
    assert (len(found("通号")), found("crsc")) == (3, [CRSC])
    rows[0].names.all().delete()
    Organisation.objects.filter(pk=rows[1].pk).delete()
    assert (len(found("通号")), found("crsc")) == (2, [])


def test_names_moved_to_another_organisation_are_found_there():
    one, other = factories.organisation(name="甲单位"), factories.organisation(name="乙单位")
    one.names.create(name="CRSC", kind="english")
    OrganisationName.objects.filter(organisation=one).update(organisation=other)
    assert found("crsc") == ["乙单位"]


def test_names_typed_in_the_admin_are_found(client):
    client.force_login(get_user_model().objects.create_superuser("clerk"))
    inlines = ("names", "memberships", "honours", "contacts", "fengtai-citation-content_type-object_id")
    data = {f"{name}-{part}_FORMS": 0 for name in inlines for part in ("TOTAL", "INITIAL")}
    data |= {"names-TOTAL_FORMS": 1, "names-0-name": "CRSC", "names-0-kind": "english"}
    response = client.post(reverse("admin:partners_organisation_add"), {**data, "name": CRSC})
    assert response.status_code == 302, response.context["errors"]
    Organisation.objects.update(state="published")
    assert found("rs") == found("tongh") == [CRSC]


def test_following_columns_are_not_written_by_themselves_and_not_kept_in_histories():
    row = factories.organisation(name=CRSC)
    with pytest.raises(FieldError):
        Organisation.objects.update(search=" x ")
    row.search = row.sort_key = "x"
    row.save()
    assert found("通号") == [CRSC]
    assert {field.name for field in following(Organisation)} == {"search", "sort_key", "name_key"}
    assert not {"search", "sort_key", "name_key"} & {field.name for field in row.history.model._meta.fields}


@pytest.mark.parametrize("model", [model for model in apps.get_models() if following(model)], ids=str)
def test_every_table_keeps_its_own_index(model):
    """The step after migrating makes the index, also of a model that is new."""
    with connection.cursor() as cursor:
        table = model._meta.db_table
        if any(isinstance(field, SearchField) for field in following(model)):
            if connection.vendor == "sqlite":
                cursor.execute(
                    "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name GLOB %s", [f"{table}_search_*"]
                )
                assert cursor.fetchone() == (3,)
            assert not model.objects.filter(search__matches=parse("通号")).exists()
        if connection.vendor == "postgresql":
            columns = "information_schema.columns WHERE table_name = %s AND column_name = 'sort_key'"
            cursor.execute(f"SELECT collation_name FROM {columns}", [table])
            assert cursor.fetchall() in ([], [("C",)])


# --- order, bound, marks


def test_names_stand_by_pinyin(client):
    names = [
        "重庆路桥",
        "长沙重工",
        "厦门航空",
        "北京银行",
        "阿里",
        "360集团",
        "TCL",
        "银河航天",
        "长辛店",
        "方案",
        "反感",
    ]
    for name in names:
        factories.organisation(name=name)
    ordered = [
        "360集团",
        "阿里",
        "北京银行",
        "长沙重工",
        "长辛店",
        "重庆路桥",
        "反感",
        "方案",
        "TCL",
        "厦门航空",
        "银河航天",
    ]
    assert [row.name for row in Organisation.objects.all()] == ordered
    response = client.get(reverse("organisations"), {"sort": "-name", "format": "json"})
    rows = json.loads(b"".join(response.streaming_content))["rows"]
    assert [row["name"]["name"] for row in rows] == ordered[::-1]


def test_what_is_found_comes_by_relevance_then_by_name(client):
    other = factories.organisation(name="甲单位")
    other.names.create(name="通号城市", kind="other")
    for name in ("中国通号", "通号设计院", "北京通号", "通号", "通号长沙"):
        factories.organisation(name=name)
    assert listed(client, "通号") == ["通号", "通号长沙", "通号设计院", "北京通号", "中国通号", "甲单位"]
    assert listed(client, "tonghao")[:3] == ["通号", "通号长沙", "通号设计院"]


def test_a_common_word_is_bounded_on_the_page_but_never_hides_a_row(client, monkeypatch):
    count_to(monkeypatch, 3)
    rows = [Organisation(name=f"示例{number}", kind="firm", state="draft") for number in range(12)]
    rows += [Organisation(name=f"示例{number}", kind="alliance", state="published") for number in range(6)]
    Organisation.objects.bulk_create(rows)
    rare = factories.organisation(name="示例珍宝", kind="body")
    rare.names.create(name="例外", kind="other")
    assert client.get(reverse("organisations"), {"q": "示例"}).context["question"].count == 4
    assert client.get(reverse("organisations"), {"q": "示例", "kind": "body"}).context["question"].count == 1
    assert found("示例 珍宝") == found("示例 例外") == ["示例珍宝"]
    assert len(listed(client, "示例")) == 7  # a file holds them all


def test_what_is_found_is_paged_in_its_order(client):
    Organisation.objects.bulk_create([Organisation(name=f"通号{n:02}", state="published") for n in range(40)])
    address, seen = f"{reverse('organisations')}?q=tonghao", []
    while address:
        context = client.get(address).context
        seen += context["window"].keys
        following_page = context["window"].following
        address = f"{reverse('organisations')}{following_page}" if following_page else ""
    assert seen == list(Organisation.objects.values_list("pk", flat=True))


def test_what_was_looked_for_is_marked_in_names_and_nowhere_else(client):
    factories.organisation(name="中国（通号）<b>CRSC</b>&amp", region="通号路")
    for name in ("organisations", "search"):
        content = client.get(reverse(name), {"q": "国通 crsc"}).content.decode()
        assert "中<mark>国（通</mark>号）&lt;b&gt;<mark>CRSC</mark>&lt;/b&gt;&amp;amp" in content
        assert "<mark>通" not in content
    assert highlighted("a", None) == "a"


def test_the_search_page_asks_every_list(client):
    row = factories.partner(name=CRSC)
    factories.honour(organisation=row, title="突出贡献")
    result = client.get(reverse("search"), {"q": "zgth"}).context["found"]
    first, *others = [(entry["page"].name, entry["count"]) for entry in result]
    assert (first, sorted(others)) == (("organisations", "1"), [("honours", "1"), ("memberships", "1")])


@pytest.mark.parametrize(
    ("typed", "name", "marked"),
    [
        ("zgth", "中国通号", "<mark>中国通号</mark>"),
        ("ＺＧＴＨ", "中国通号", "<mark>中国通号</mark>"),
        ("zhongguotong", "中国通号", "<mark>中国通</mark>号"),
        ("tongh", "中国通号", "中国<mark>通号</mark>"),
        ("cs", "长沙（示例）", "<mark>长沙</mark>（示例）"),
        ("ai", "示例AI爱", "示例<mark>AI爱</mark>"),
        ("zg", "北京（中国）公司", "北京（<mark>中国</mark>）公司"),
        ("号", "中国通号", "中国通<mark>号</mark>"),
        ("z", "中国通号", "中国通号"),
    ],
)
def test_a_name_is_marked_where_it_is_read_as_typed(typed, name, marked):
    assert highlighted(mark_safe(name), parse(typed)) == marked

"""A text that nothing reads is kept on a person's word, and on every way of writing and reading it stays what it is."""

import json
import re
from io import StringIO

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict

from fengtai.lists.site import page_of
from fengtai.records.trail.stored import columns_of, plain, revived
from fengtai.review.bin import put_in, restore
from fengtai.review.merging.merging import merge
from fengtai.review.merging.undoing import undo
from fengtai.values.figures import Bound
from fengtai.values.periods import Kind
from indicators.models import Observation
from partners.models import Organisation
from projects.models import Amount, Place
from tests import factories
from tests.review.people import person

WORDS = {"area": "三五层楼", "as_of": "2024年落成"}
COMPANIONS = ("area_value", "area_unit", "area_bound", "as_of_start", "as_of_end", "as_of_kind")
UNREAD = (None, "", Bound.UNREAD, None, None, Kind.UNREAD)
AREA, AS_OF = (Place._meta.get_field(name) for name in WORDS)


def kept(field: str):
    return Place._meta.get_field(field).keep(WORDS[field])


def both() -> dict:
    return {name: kept(name) for name in WORDS}


def check(place: Place) -> None:
    """As it is stored, and as it is loaded."""
    stored = Place.objects.filter(pk=place.pk)
    assert stored.values_list(*COMPANIONS).get() == UNREAD
    loaded = stored.get()
    assert {name: str(getattr(loaded, name)) for name in WORDS} == WORDS
    assert loaded.area.is_unread and loaded.as_of.is_unread


@pytest.mark.parametrize("text", ["三五层楼", "3.5亿元", "530；600", "[若干]"])
def test_a_field_keeps_what_it_cannot_read(text):
    figure = AREA.keep(text)
    assert (str(figure), figure.value, figure.bound) == (text, None, Bound.UNREAD)


def test_what_can_be_read_is_read_also_if_it_is_to_be_kept():
    assert AREA.keep(" 约7万平方米 ").value == 70000
    assert AS_OF.keep("2024年4月").kind == Kind.MONTH
    with pytest.raises(ValidationError):
        AREA.keep("长" * 101)


@pytest.mark.parametrize("field", WORDS)
def test_a_text_that_is_not_read_is_never_held_by_itself(field):
    with pytest.raises(ValidationError):
        Place(name="示例园", **{field: WORDS[field]})


def _saved():
    return factories.place(**both())


def _assigned():
    place = factories.place(area="3万平方米")
    place.area, place.as_of = both().values()
    place.save()
    return place


def _updated():
    place = factories.place(area="3万平方米")
    Place.objects.update(**both())
    return place


def _bulk_created():
    return Place.objects.bulk_create([Place(name="示例园", **both())])[0]


def _bulk_updated():
    place = factories.place(area="3万平方米")
    place.area, place.as_of = both().values()
    Place.objects.bulk_update([place], ["area", "as_of"])
    return place


def _from_history():
    place = factories.place(**both())
    Place.objects.update(area="3万平方米", as_of="")
    place.history.latest().instance.save()
    return place


def _from_fixture(form: str):
    place = factories.place(**both())
    written = serializers.serialize(form, Place.objects.all())
    Place.objects.all().delete()
    for row in serializers.deserialize(form, written):
        row.save()
    return place


def _from_the_trail():
    place = factories.place(**both())
    states = {column: plain(column, getattr(place, column.attname)) for column in columns_of(Place)}
    Place.objects.update(area="3万平方米", as_of="")
    fresh = Place.objects.get(pk=place.pk)
    for column in (AREA, AS_OF):
        setattr(fresh, column.attname, revived(column, json.loads(json.dumps(states[column]))))
    fresh.save()
    return place


def _out_of_the_bin():
    place = factories.place(**both())
    entry = put_in(place, by=None)
    place.delete()
    restore(entry)
    return Place.objects.get()


WAYS = {
    "saved": _saved,
    "assigned": _assigned,
    "updated": _updated,
    "bulk created": _bulk_created,
    "bulk updated": _bulk_updated,
    "an old version": _from_history,
    "JSON": lambda: _from_fixture("json"),
    "XML": lambda: _from_fixture("xml"),
    "the trail": _from_the_trail,
    "the bin": _out_of_the_bin,
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_keeps_it(way):
    check(WAYS[way]())


@pytest.mark.django_db(transaction=True)
def test_a_dump_is_loaded_again(tmp_path):
    place, out = factories.place(**both()), StringIO()
    call_command("dumpdata", "projects.place", stdout=out)
    Place.objects.all().delete()
    (tmp_path / "places.json").write_text(out.getvalue())
    call_command("loaddata", tmp_path / "places.json", verbosity=0)
    check(place)


@pytest.mark.django_db
def test_a_merge_takes_it_along_and_gives_it_back():
    by, since = person("示例编辑"), Organisation._meta.get_field("standing_since")
    one = factories.organisation(name="示例甲", state="draft")
    other = factories.organisation(name="示例甲有限公司", state="draft", standing_since=since.keep("2023年前后"))
    done = merge(one, other, by=by, why="示例")
    one.refresh_from_db()
    assert (str(one.standing_since), one.standing_since_kind) == ("2023年前后", "unread")
    undo(done, by=by, why="示例")
    other.refresh_from_db()
    assert other.standing_since.is_unread


@pytest.mark.django_db(transaction=True)
def test_what_a_later_release_reads_is_told_by_the_rebuilding_command():
    place, still = factories.place(**both()), factories.place(name="另一园", **both())
    with connection.cursor() as cursor:  # as if an earlier release had not been able to read it
        cursor.execute("UPDATE projects_place SET area = %s WHERE id = %s", ["3万平方米", place.pk])
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert Place.objects.filter(pk=place.pk).values_list("area_value", "area_bound").get() == (30000, "exact")
    check(still)
    assert "projects.Place：1" in out.getvalue().replace(" ", "").replace(":", "：")


# In lists


def ask(query: str):
    return page_of("places").ask(QueryDict(query))


@pytest.fixture
def places(db):
    names = ["甲园", "乙园", "丙园"]
    areas = [AREA.keep("三五层楼"), AREA.keep("3万平方米"), AREA.keep("约5万平方米")]
    times = [AS_OF.keep("2024年落成"), AS_OF.keep("2024年"), AS_OF.keep("")]
    return [
        factories.place(name=name, area=area, as_of=time) for name, area, time in zip(names, areas, times, strict=True)
    ]


@pytest.mark.parametrize(("sort", "names"), [("area", "乙丙甲"), ("-area", "丙乙甲")])
def test_a_figure_sorts_last_either_way(places, sort, names):
    assert "".join(row.name[0] for row in ask(f"sort={sort}").rows) == names


@pytest.mark.parametrize(("sort", "periods"), [("period", ["2023年", "2024年"]), ("-period", ["2024年", "2023年"])])
def test_a_period_sorts_last_either_way(db, sort, periods):
    for period in (AS_OF.keep("某年某月"), "2024年", "2023年"):
        factories.observation(period=period)
    found = page_of("observations").ask(QueryDict(f"sort={sort}")).rows
    assert [str(row.period) for row in found] == [*periods, "某年某月"]


def test_pages_go_on_behind_it(places):
    for sort in ("area", "-area"):
        first = ask(f"sort={sort}")
        rows, found = list(first.rows), []
        values = first.order.paths
        for row in rows:
            cursor = first.order.cursor(tuple(getattr(row, path) for path in values))
            found.append([one.pk for one in first.order.beyond(Place.objects.all(), cursor, backwards=False)])
        assert found == [[row.pk for row in rows[number + 1 :]] for number in range(3)]


@pytest.mark.parametrize(
    ("name", "query", "found"),
    [
        ("places", "area_min=1", {"3万平方米", "约5万平方米"}),
        ("places", "area_max=10000000", {"3万平方米", "约5万平方米"}),
        ("observations", "period=2024年", {"2024年"}),
        ("observations", "period=未写明", set()),
        ("observations", "exactness=not_given", set()),
    ],
)
def test_no_filter_of_values_finds_it(places, name, query, found):
    factories.observation(value="", growth="增长1%", period="2024年")
    factories.observation(value=AREA.keep("若干"), period=AS_OF.keep("上半年某月"))
    shown = "area" if name == "places" else "period"
    assert {str(getattr(row, shown)) for row in page_of(name).ask(QueryDict(query)).rows} == found


def test_a_page_shows_it_as_printed_with_a_mark(places, client):
    page = client.get(places[0].get_absolute_url()).content.decode()
    assert page.count('<small class="unread"') == 2
    assert "三五层楼</data>" in page
    assert "2024年落成</time>" in page
    other = client.get(places[1].get_absolute_url()).content.decode()
    assert other.count('<small class="unread"') == 0


def test_a_part_shows_it_where_its_record_lists_it(client, db):
    project = factories.project(title="示例项目")
    factories.amount(project=project, figure=Amount._meta.get_field("figure").keep("若干亿元"))
    for address in (project.get_absolute_url(), "/projects/"):
        page = client.get(address).content.decode()
        assert re.search(r"若干亿元(</a>)? <small class=.unread.", page), address


def test_files_say_so(places, client):
    answer = client.get("/places/?format=json&sort=-area")
    row = json.loads(b"".join(answer.streaming_content))["rows"][-1]
    assert row["area"] == {"printed": "三五层楼", "value": None, "unit": None, "bound": "unread"}
    assert row["as_of"] == {"printed": "2024年落成", "kind": "unread", "start": None, "end": None}
    lines = b"".join(client.get("/places/?format=csv&sort=-area").streaming_content).decode("utf-8-sig").splitlines()
    assert "三五层楼,,,未读" in lines[-1]


def test_a_growth_is_kept_as_well(db):
    field = Observation._meta.get_field("growth")
    row = factories.observation(growth=field.keep("大幅增长"))
    row = Observation.objects.get(pk=row.pk)
    row.growth = row.growth
    row.save()
    assert (row.growth.measure, row.growth_bound) == (None, Bound.UNREAD)
    assert Observation.objects.filter(growth_bound="unread").count() == 1


@pytest.mark.django_db
def test_the_mark_says_what_is_not_done_with_a_figure_and_what_with_a_period(client):
    place = factories.place(**both())
    marks = re.findall(r'<small class="unread" title="([^"]*)"', client.get(place.get_absolute_url()).text)
    assert {*marks} == {"照原文保留，未能识读，不计入合计", "照原文保留，未能识读，不参与排序和筛选"}

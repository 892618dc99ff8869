"""A form refuses what it cannot read, and offers beside the error to keep it as printed."""

import re

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError

from fengtai.records.models import Record
from projects.models import Amount, Place
from tests import factories
from tests.admin.admin_pages import address, form_data
from tests.importing.import_steps import planned, saved
from tests.review.people import editor, signed_in

pytestmark = pytest.mark.django_db
BOX = re.compile(r'<input type="checkbox" name="([^"]*-as-printed)" value="([^"]*)">')


@pytest.fixture
def place():
    return factories.place(state=Record.State.DRAFT, area="3万平方米")


@pytest.fixture
def send(place):
    client, where = signed_in(editor()), address(Place, "change", place.pk)
    return lambda **values: client.post(where, form_data(client.get(where)) | values)


def offered(answer) -> list[tuple[str, str]]:
    return BOX.findall(answer.content.decode())


def test_the_refused_form_offers_to_keep_each_text(send, place):
    answer = send(area="三五层楼", as_of="2024年落成")
    assert answer.status_code == 200
    assert offered(answer) == [("as_of-as-printed", "2024年落成"), ("area-as-printed", "三五层楼")]
    answer = send(area="三五层楼", as_of="2024年", **{"area-as-printed": "三五层楼"})
    assert answer.status_code == 302
    kept = Place.objects.get()
    assert (kept.area.is_unread, str(kept.area), kept.as_of_kind) == (True, "三五层楼", "year")


def test_a_box_ticked_for_one_text_keeps_no_other(send):
    answer = send(area="五六层楼", **{"area-as-printed": "三五层楼"})
    assert offered(answer) == [("area-as-printed", "五六层楼")]


def test_what_is_kept_stays_when_something_else_is_edited(send, place):
    Place.objects.update(area=Place._meta.get_field("area").keep("三五层楼"))
    assert send(location="某路1号").status_code == 302
    assert send(area="3.5亩").status_code == 302
    assert Place.objects.get().area.unit == "亩"
    assert offered(send(area="三五层楼")) != []


@pytest.mark.parametrize("text", ["长" * 101, "三\u202e五层楼"])
def test_what_no_text_may_be_is_not_kept(send, text):
    answer = send(area=text, **{"area-as-printed": text})
    assert answer.status_code == 200
    assert Place.objects.get().area.value == 30000


def test_rows_of_a_form_offer_it_as_well():
    project = factories.project(state=Record.State.DRAFT)
    factories.amount(project=project)
    client, where = signed_in(editor()), address(type(project), "change", project.pk)
    sent = form_data(client.get(where))
    sent |= {"amounts-0-figure": "若干亿元"}
    ((name, text),) = offered(client.post(where, sent))
    assert (name, text) == ("amounts-0-figure-as-printed", "若干亿元")
    assert client.post(where, sent | {name: text}).status_code == 302
    assert Amount.objects.get().figure.is_unread


def test_the_reading_says_that_it_is_not_read(place):
    Place.objects.update(area=Place._meta.get_field("area").keep("三五层楼"))
    page = signed_in(editor()).get(address(Place, "change", place.pk)).content.decode()
    reading = re.search(r'<output class="reading" for="id_area">([^<]*)</output>', page)[1]
    assert reading == "照原文保留，未能识读，不计入合计"


def test_the_desk_and_the_list_of_staff_name_what_is_kept(place):
    kept = factories.place(name="示例客厅", as_of=Place._meta.get_field("as_of").keep("2024年落成"))
    project = factories.project(title="示例项目")
    factories.amount(project=project, figure=Amount._meta.get_field("figure").keep("若干亿元"))
    client = signed_in(editor())
    lines = client.get("/admin/desk/doubtful/").context["card"].lines
    assert {line.name for line in lines} == {str(kept), str(project)}
    listed = client.get(address(Place, "changelist"), {"unread": "yes"}).content.decode()
    assert ("示例客厅" in listed, str(place) in listed) == (True, False)


def test_only_a_fixture_says_that_a_text_is_kept(send, place, tmp_path):
    typed = "[unread] 三五层楼"
    assert offered(send(area=typed)) == [("area-as-printed", typed)]
    with pytest.raises(ValidationError):
        place.area = typed
    with pytest.raises(ValidationError):
        Place.objects.update(area=typed)
    path = saved(tmp_path / "名录.xlsx", ("名录", [["名称", "类型", "面积"], ["示例楼", "楼宇", typed]]))
    assert [row.outcome for row in planned("places", path).rows] == ["refused"]
    Place.objects.update(area=Place._meta.get_field("area").keep("三五层楼"))
    said = serializers.serialize("json", Place.objects.all())
    [loaded] = serializers.deserialize("json", said)
    assert (typed in said, loaded.object.area.is_unread, str(loaded.object.area)) == (True, True, "三五层楼")

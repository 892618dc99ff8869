"""Areas typed as their source prints them: the words choose the kind, stay beside it, and contradict another."""

import pytest
from django.contrib.auth.models import User

from projects.models import Amount, Place, PlaceArea
from tests import factories
from tests.admin.admin_pages import address, errors_of, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("示例员工"))
    return client


def filled(response) -> dict:
    return {name: value for name, value in form_data(response).items() if value != ""}


def added(staff, model, **said):
    return staff.post(address(model, "add"), {**filled(staff.get(address(model, "add"))), **said})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("162公顷", ("162公顷", "", "")),
        ("占地面积162公顷", ("162公顷", "land", "")),
        ("占地97亩", ("97亩", "land", "占地")),
        ("规划总建筑面积约5万平方米", ("约5万平方米", "planned", "规划总建筑面积")),
    ],
)
def test_the_words_of_an_area_choose_its_kind(staff, typed, expected):
    assert added(staff, Place, name="示例园", area=typed).status_code == 302
    place = Place.objects.get()
    assert (str(place.area), place.area_kind, place.area_kind_as_printed) == expected


def test_a_kind_that_the_words_of_an_area_contradict_is_told(staff):
    refused = added(staff, Place, name="示例园", area="占地97亩", area_kind="total-floor-area")
    [(name, [told])] = errors_of(refused).items()
    assert (name, "占地面积" in told, "总建筑面积" in told) == ("area_kind", True, True)


def test_further_areas_are_rows_of_the_place(staff):
    where = address(Place, "change", factories.place(name="示例园", area="162公顷", area_kind="total").pk)
    data = filled(staff.get(where))
    data |= {"further_areas-TOTAL_FORMS": 2, "further_areas-0-figure": "总建筑面积约202万平方米"}
    data |= {"further_areas-1-figure": "绿地面积3公顷"}
    assert staff.post(where, data).status_code == 302
    told = PlaceArea.objects.order_by("pk").values_list("kind", "kind_as_printed", "figure_value")
    assert list(told) == [("total-floor-area", "", 2020000), ("other", "绿地面积", 30000)]


def test_the_words_of_an_amount_stay_beside_its_kind(staff):
    project = factories.project()
    assert added(staff, Amount, project=project.pk, figure="合同额5亿元").status_code == 302
    amount = Amount.objects.get()
    assert (amount.kind, amount.kind_as_printed, str(amount.figure), str(amount)) == (
        *("agreed", "合同额", "5亿元"),
        "合同额 5亿元",
    )

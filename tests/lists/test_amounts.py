"""Numbers in questions are read as people write them; what is not clear or holds nothing is said beside the field."""

import json

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures():
    for number, value in enumerate(("2187.5亿元", "784.9亿元", "5000万元", "600家", "300余家", "6.5%")):
        indicator = factories.indicator(name=f"指标{number}", code=f"i{number}")
        factories.observation(indicator=indicator, value=value, growth="")


def answered(client, **asked) -> list[str]:
    response = client.get(reverse("observations"), {**asked, "format": "json"})
    assert response.status_code == 200, response.content.decode()
    return sorted(row["value"]["printed"] for row in json.loads(b"".join(response.streaming_content))["rows"])


def refused(client, **asked) -> dict:
    response = client.get(reverse("observations"), {**asked, "format": "json"})
    assert response.status_code == 400
    page = client.get(reverse("observations"), asked).context["question"]
    assert list(page.errors) == list(json.loads(response.content)["errors"])
    return page.errors


@pytest.mark.parametrize(
    "typed",
    [
        *("1000亿", "1000亿元", "1,000亿元", "１０００亿", "1000亿元以上", "100000000000", "超过1000亿"),
        *("100 billion", "CNY 100 billion", "at least CNY 100 billion"),
    ],
)
def test_a_number_is_read_as_people_write_it(client, figures, typed):
    assert answered(client, value_min=typed) == ["2187.5亿元"]


def test_a_unit_that_is_written_leaves_its_figures_alone(client, figures):
    assert answered(client, value_min="5000万元以上") == ["2187.5亿元", "5000万元", "784.9亿元"]
    assert answered(client, value_max="300家") == ["300余家"]
    assert answered(client, value_min="300家", value_max="600家") == ["300余家", "600家"]


def test_a_number_whose_unit_nobody_can_tell_is_asked_for_it(client, figures):
    [told] = refused(client, value_min="1,000,000", value_max="10")["value_max"]
    assert "%" not in told or "家" not in told
    [told] = refused(client, value_min="100")["value_min"]
    assert "家" in told and "元" in told
    assert answered(client, value_min="100", indicator="i3") == ["600家"]  # one indicator, one unit


@pytest.mark.parametrize(
    ("least", "most"), [("1000亿元", "100亿元"), ("600家", "300家"), ("1亿元", "300家"), ("1000亿", "1")]
)
def test_a_range_that_holds_nothing_is_refused_at_its_upper_end(client, figures, least, most):
    assert list(refused(client, value_min=least, value_max=most)) == ["value_max"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("value_min", "100亿元以下"), ("value_max", "5000万元以上"), ("value_min", "许多"), ("value_min", "1亿元和2亿元")],
)
def test_what_is_no_number_or_says_the_opposite_is_refused_at_its_field(client, figures, name, typed):
    assert list(refused(client, **{name: typed})) == [name]


def test_more_than_a_number_is_not_the_number(client, figures):
    assert answered(client, value_min="超过300家") == ["300余家", "600家"]  # 300余家 is more than 300
    assert answered(client, value_min="超过600家") == answered(client, value_min=">600家") == []
    assert answered(client, value_min=">=600家") == answered(client, value_min="600+家") == ["600家"]
    assert answered(client, value_max="不足600家") == ["300余家"]


@pytest.mark.parametrize("typed", ["5-10亿", "5亿元至10亿元", "3000—5000万元", "5 to 10 billion"])
def test_a_range_in_one_field_is_told_to_be_two_numbers(client, figures, typed):
    [told] = refused(client, value_min=typed)["value_min"]
    assert typed in told and "两" in told


def test_a_unit_with_one_end_alone_is_asked_for_with_both(client, figures):
    [told] = refused(client, value_min="2000", value_max="3000亿元")["value_max"]
    assert "单位" in told


def test_an_area_without_unit_is_in_square_metres_as_its_label_says(client):
    for asked in ({"area_min": "5000", "area_max": "1万平方米"}, {"area_min": "5000平方米", "area_max": "10000"}):
        assert client.get(reverse("projects"), asked).status_code == 200
    assert client.get(reverse("projects"), {"area_min": "5000", "area_max": "100平方米"}).status_code == 400


def test_a_unit_in_which_no_figure_can_be_is_refused(client):
    page = client.get(reverse("projects"), {"area_min": "5万元"})
    assert page.status_code == 400 and "平方米" in page.context["question"].errors["area_min"][0]
    assert client.get(reverse("projects"), {"area_min": "5亩"}).status_code == 200


@pytest.mark.parametrize("typed", ["2024-04-23", "2024年4月23日", "23 April 2024", "2024.4.23"])
def test_a_day_is_read_as_a_source_prints_it(client, typed):
    question = client.get(reverse("partners"), {"as_of": typed}).context["question"]
    assert str(question.filterset.day) == "2024-04-23"


@pytest.mark.parametrize("typed", ["2024", "4月", "昨天"])
def test_what_is_no_day_is_told_how_to_write_one(client, typed):
    page = client.get(reverse("partners"), {"as_of": typed})
    assert page.status_code == 400 and "2024-04-23" in page.context["question"].errors["as_of"][0]


def test_the_chip_shows_the_number_as_typed(client, figures):
    chips = client.get(reverse("observations"), {"value_min": "１，０００亿元"}).context["question"].chips()
    assert [chip.value for chip in chips] == ["１，０００亿元"]


def test_a_hidden_figure_tells_no_unit(client):
    factories.observation(value="600家", growth="")
    hidden = factories.indicator(name="隐", code="hidden")
    factories.observation(indicator=hidden, value="700公里", growth="", state="draft")
    assert answered(client, value_min="100") == ["600家"]

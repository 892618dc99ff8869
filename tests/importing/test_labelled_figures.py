"""Cells with a figure and what it is called, or with several figures: each kept with its words, or asked about."""

from io import BytesIO

import pytest
from django.utils.html import strip_tags
from openpyxl import load_workbook

from projects.models import Amount, Place, PlaceArea, Project
from tests import factories
from tests.importing.import_steps import CREATE_ALL, asked_about, codes, outcomes, planned, saved
from tests.importing.test_import_samples import taken

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


def sheet(tmp_path, *rows):
    return saved(tmp_path / "list.xlsx", ("名录", [list(row) for row in rows]))


def decided(**answers):
    return {**CREATE_ALL, "decided": answers}


def areas(place) -> list[str]:
    """The main area and the further ones, as a page calls them."""
    main = PlaceArea.label(place.area_kind, place.area_kind_as_printed, place.area or "")
    return [main, *map(str, place.further_areas.order_by("pk"))]


def amounts() -> list[tuple]:
    return list(Amount.objects.order_by("pk").values_list("kind", "kind_as_printed", "figure_value"))


def test_areas_keep_their_words(tmp_path):
    path = sheet(
        tmp_path,
        ["名称", "面积"],
        ["示例客厅", "占地97亩"],
        ["示例科技园", "总面积162公顷，总建筑面积约202万平方米"],
        ["示例园区", "占地30亩（建筑面积5万平方米，其中地下1万平方米）"],
        ["示例楼", "12万平方米"],
        ["示例地块", "绿地面积3公顷"],
    )
    taken("places", path)
    assert {place.name: areas(place) for place in Place.objects.all()} == {
        "示例客厅": ["占地 97亩"],
        "示例科技园": ["总面积 162公顷", "总建筑面积 约202万平方米"],
        "示例园区": ["占地 30亩", "建筑面积 5万平方米", "其中地下 1万平方米"],
        "示例楼": ["12万平方米"],
        "示例地块": ["绿地面积 3公顷"],
    }
    assert sorted(Place.objects.values_list("area_kind", flat=True)) == ["", "land", "land", "other", "total"]
    assert outcomes(planned("places", path)) == ["same"] * 5


def test_a_heading_says_kind_and_unit(tmp_path):
    path = sheet(
        tmp_path,
        ["名称", "用地面积（亩）", "总建筑面积（万平方米）", "规划面积"],
        ["示例园", 97, 20.2, None],
        ["示例楼", None, 5, "3公顷"],
    )
    taken("places", path)
    assert [areas(place) for place in Place.objects.order_by("pk")] == [
        ["用地面积 97亩", "总建筑面积 20.2万平方米"],
        ["总建筑面积 5万平方米", "规划面积 3公顷"],
    ]
    assert outcomes(planned("places", path)) == ["same"] * 2


def test_what_is_no_area_is_refused_at_its_cell(tmp_path):
    rows = [["名称", "面积", "占地面积"], ["示例甲", "500幢总部楼", None], ["示例乙", "5万平方米", "300家"]]
    found = planned("places", sheet(tmp_path, *rows))
    assert [(problem.row, problem.heading, problem.code) for problem in found.all_problems()] == [
        (2, "面积", "words"),
        (3, "占地面积", "unit_unfit"),
    ]


def test_an_area_of_the_same_kind_is_changed_and_another_added(tmp_path):
    place = factories.place(name="示例园", state="review", area="97亩", area_kind="land", area_kind_as_printed="占地")
    PlaceArea.objects.create(place=place, kind="planned", figure="3公顷")
    cell = "占地面积99亩；规划面积4公顷；总建筑面积5万平方米"
    taken("places", sheet(tmp_path, ["名称", "面积"], ["示例园", cell]))
    place.refresh_from_db()
    assert areas(place) == ["占地 99亩", "规划面积 4公顷", "总建筑面积 5万平方米"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_areas_of_a_download_come_back_and_one_may_be_added(client, tmp_path, prefix):
    place = factories.place(name="示例园", area="162公顷", area_kind="total")
    for kind, words, figure in (("land", "占地", "97亩"), ("other", "绿地面积", "3公顷"), ("floor-area", "", "5亩")):
        PlaceArea.objects.create(place=place, kind=kind, kind_as_printed=words, figure=figure)
    book = load_workbook(BytesIO(b"".join(client.get(f"{prefix}/places/?format=xlsx"))))
    path = tmp_path / "places.xlsx"
    book.save(path)
    assert outcomes(planned("places", path)) == ["same"]
    [cell] = [cell for cell in book.active[2] if "97亩" in str(cell.value)]
    cell.value += "；规划面积 4公顷"
    book.save(path)
    [row] = planned("places", path).rows
    assert (row.outcome, [(one.values["kind"], str(one.values["figure"])) for one in row.others]) == (
        *("changed", [("planned", "4公顷")]),
    )


@pytest.mark.parametrize(
    ("answer", "kept"),
    [("each", ["5万平方米", "6万平方米"]), ("first", ["5万平方米"]), ("last", ["6万平方米"]), ("none", [""])],
)
def test_areas_without_a_word_are_asked_about_too(tmp_path, answer, kept):
    path = sheet(tmp_path, ["名称", "面积（万平方米）"], ["示例楼", "5；6"])
    assert codes(planned("places", path)) == [(2, "undecided")]
    answers = decided(several={"面积（万平方米） 5；6": answer})
    taken("places", path, **answers)
    assert [one.strip() for one in areas(Place.objects.get())] == kept
    assert outcomes(planned("places", path, **answers)) == ["same"]


def test_an_area_without_a_word_leaves_the_kind_on_file(tmp_path):
    place = factories.place(name="示例园", state="review", area="97亩", area_kind="land")
    taken("places", sheet(tmp_path, ["名称", "面积"], ["示例园", "99亩"]))
    place.refresh_from_db()
    assert (str(place.area), place.area_kind) == ("99亩", "land")


TWO = ["项目名称", "总投资（万元）"], ["示例项目", "530；600"]
KEY = "总投资（万元） 530；600"


def test_two_amounts_without_a_word_are_asked_about(tmp_path):
    found = planned("projects", sheet(tmp_path, *TWO))
    assert codes(found) == [(2, "undecided")]
    assert [(one.topic, one.key, [code for code, _told in one.choices]) for one in asked_about(found)] == [
        ("several", KEY, ["each", "first", "last", "none"])
    ]


@pytest.mark.parametrize(
    ("key", "answer", "kept"),
    [
        (KEY, "each", [5300000, 6000000]),
        ("总投资（万元）", "first", [5300000]),
        ("*", "last", [6000000]),
        (KEY, "none", []),
    ],
)
def test_the_answer_says_which_amounts_are_kept(tmp_path, key, answer, kept):
    path, answers = sheet(tmp_path, *TWO), decided(several={key: answer})
    taken("projects", path, **answers)
    assert amounts() == [("total", "", value) for value in kept]
    assert outcomes(planned("projects", path, **answers)) == ["same"]


def test_amounts_keep_their_kinds_and_words(tmp_path):
    path = sheet(
        tmp_path,
        ["项目名称", "投资额", "合同额（万元）", "年税收"],
        ["示例甲", "总投资10亿元，其中贷款3亿元", None, "约1000万元"],
        ["示例乙", "增资2亿元", 500, None],
        ["示例丙", "累计投资5亿元", None, None],
    )
    taken("projects", path)
    assert amounts() == [
        ("total", "", 10 * 10**8),
        ("loan", "其中贷款", 3 * 10**8),
        ("tax", "年税收", 1000 * 10**4),
        ("capital-increase", "", 2 * 10**8),
        ("agreed", "合同额", 500 * 10**4),
        ("other", "累计投资", 5 * 10**8),
    ]
    assert outcomes(planned("projects", path)) == ["same"] * 3


def test_an_amount_that_could_be_one_of_several_on_file_is_refused(tmp_path):
    project = factories.project(title="示例项目", state="review")
    for figure in ("530万元", "600万元"):
        factories.amount(project=project, figure=figure)
    found = planned("projects", sheet(tmp_path, ["项目名称", "总投资（万元）"], ["示例项目", 700]))
    assert codes(found) == [(2, "several_on_file")]
    assert outcomes(planned("projects", sheet(tmp_path, ["项目名称", "总投资（万元）"], ["示例项目", 600]))) == ["same"]


def test_the_area_of_a_project_says_what_it_covers(tmp_path):
    rows = [
        ["项目名称", "占地面积（亩）", "建设规模"],
        ["示例甲", 30, None],
        ["示例乙", None, "总建筑面积5万平方米"],
        ["示例丙", None, "占地30亩，总建筑面积5万平方米"],
    ]
    taken("projects", sheet(tmp_path, *rows))
    told = [(str(row.floor_area or ""), row.floor_area_of, row.scale) for row in Project.objects.order_by("pk")]
    assert told == [
        ("30亩", "占地面积", ""),
        ("5万平方米", "总建筑面积", ""),
        ("", "", "占地30亩，总建筑面积5万平方米"),
    ]
    found = planned("projects", sheet(tmp_path, ["项目名称", "建筑面积"], ["示例丁", "占地30亩，建筑面积5万平方米"]))
    assert codes(found) == [(2, "several")]


def test_english_pages_call_areas_by_their_kind(client):
    place = factories.place(area="162公顷", area_kind="total")
    PlaceArea.objects.create(place=place, kind="land", kind_as_printed="占地", figure="97亩")
    assert "占地 97亩" in strip_tags(client.get(place.get_absolute_url()).content.decode())
    english = strip_tags(client.get(f"/en{place.get_absolute_url()}").content.decode())
    assert ("Land area 97亩" in english, "Total area" in english) == (True, True)

"""Words that a list does not understand: asked once for a column, answered for one word or for all."""

import pytest

from fengtai.importing.planning.plans import CHANGED, NEW, REFUSED, SAME
from fengtai.importing.reading.words import MOST_WORDS, WORD
from fengtai.importing.taking.steps import commit, undo
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from indicators.models import Observation
from partners.models import Organisation
from projects.models import Amount, Place, Project, StageEntry
from tests import factories
from tests.importing.import_steps import CREATE_ALL, asked_about, codes, outcomes, planned, received, run, said, saved
from tests.importing.test_round_trip import downloaded
from tests.review.people import person

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
PLACES = [
    ["名称", "面积", "时间"],
    ["示例客厅", "3万平方米", "2024年落成"],
    ["示例科技园", "三五层楼", "2020年底前"],
    ["示例总部楼", "约2万平方米", "11月6日"],
    ["示例工坊", "5000平方米", "2024年落成"],
]


@pytest.fixture
def file_of(tmp_path):
    return lambda rows, *others: saved(tmp_path / "送来.xlsx", ("名单", rows), *others)


def decided(**words) -> dict:
    return {WORD: {key.replace("_", "："): answer for key, answer in words.items()}}


def asked(found) -> list[tuple]:
    return [
        (question.key, question.group, question.rows, question.required, question.answer)
        for question in asked_about(found)
    ]


def test_each_distinct_word_of_a_column_is_one_question(file_of):
    found = planned("places", file_of(PLACES))
    assert sorted(asked(found)) == [
        ("时间：11月6日", "时间", 1, True, ""),
        ("时间：2020年底前", "时间", 1, True, ""),
        ("时间：2024年落成", "时间", 2, True, ""),
        ("面积：三五层楼", "面积", 1, True, ""),
    ]
    assert outcomes(found) == [REFUSED] * 4
    at = [(problem.row, problem.column, problem.code) for problem in found.all_problems()]
    assert (2, "C", "words") in at
    assert {column for row, column, _code in at if row != 3} == {"C"}
    texts = {question.key: question.text for question in asked_about(found)}
    assert texts["时间：11月6日"].endswith(next(p.message for p in found.all_problems() if p.row == 4))
    assert [code for code, _label in asked_about(found)[0].choices] == ["keep", "leave"]


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ({"时间": "keep"}, ["2024年落成", "2020年底前", "11月6日", "2024年落成"]),
        ({"*": "keep"}, ["2024年落成", "2020年底前", "11月6日", "2024年落成"]),
        ({"时间": "leave", "时间_2020年底前": "keep"}, ["", "2020年底前", "", ""]),
        (
            {"时间": "keep", "时间_11月6日": "2024年11月6日"},
            ["2024年落成", "2020年底前", "2024年11月6日", "2024年落成"],
        ),
    ],
)
def test_an_answer_is_for_a_word_a_column_or_all(file_of, words, times):
    answers = decided(**({"面积": "keep"} | words))
    batch = received("places", file_of(PLACES), decided=answers)
    commit(batch)
    places = Place.objects.order_by("pk")
    assert [str(place.as_of) for place in places] == times
    assert [place.area_bound for place in places] == ["exact", "unread", "about", "exact"]
    assert {place.as_of_kind for place in places if place.as_of.is_unread} <= {"unread"}


def test_an_answer_that_cannot_be_read_either_refuses_the_row(file_of):
    found = planned("places", file_of(PLACES[:2]), decided=decided(时间_2024年落成="那年"))
    assert outcomes(found) == [REFUSED]


def test_the_command_is_answered_in_the_same_words(file_of):
    path = file_of(PLACES)
    _ended, told = run("places", path, "--decide", "word:时间=keep", "--decide", "word:面积：三五层楼=keep")
    assert (told["refused"], told["new"]) == (0, 4)
    _ended, told = run("places", path, "--decide", "word:地点=keep")
    assert any(problem["code"] == "unmatched" for problem in told["problems"])


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_download_with_what_is_not_read_comes_back_unchanged(client, tmp_path, extension, prefix):
    area, as_of = (Place._meta.get_field(name) for name in ("area", "as_of"))
    factories.place(area=area.keep("三五层楼"), as_of=as_of.keep("2024年落成"))
    found = planned("places", downloaded(client, tmp_path, "places", extension, prefix))
    assert (outcomes(found), said(found), asked_about(found)) == ([SAME], [], [])


def test_a_row_that_says_the_same_by_its_name_is_no_change_once_it_is_decided(file_of):
    batch = received("places", file_of(PLACES), decided=decided(**{"*": "keep"}))
    commit(batch)
    again = planned("places", file_of(PLACES), decided=decided(**{"*": "keep"}))
    assert outcomes(again) == [SAME] * 4
    changed = [PLACES[0], ["示例客厅", "三五层楼", "2024年"], ["示例科技园", "五六层楼", "2020年底前"]]
    assert outcomes(planned("places", file_of(changed), decided=decided(**{"*": "keep"}))) == [CHANGED] * 2


def test_what_an_import_kept_is_taken_back_with_it(file_of):
    area = Place._meta.get_field("area")
    place = factories.place(name="示例园", state="draft", area=area.keep("三五层楼"))
    batch = received("places", file_of([["名称", "面积"], ["示例园", "3万平方米"]]))
    commit(batch)
    assert Place.objects.get().area.value == 30000
    undo(batch)
    place.refresh_from_db()
    assert place.area.is_unread


def test_what_is_public_waits_for_its_release_as_printed(file_of):
    place = factories.place(name="示例园", area="3万平方米")
    by = person("示例导入者")
    batch = received("places", file_of([["名称", "面积"], ["示例园", "三五层楼"]]), decided=decided(面积="keep"))
    commit(batch, by=by, submit=True)
    change = PendingChange.objects.get()
    assert Place.objects.get().area.value == 30000
    taken = frozenset(["projects.place.area:三五层楼"])
    release(change, Terms(by=person("示例审核"), accepted=True, as_printed=taken))
    place.refresh_from_db()
    assert place.area.is_unread


def test_a_number_without_its_unit_is_no_word(file_of):
    """A column of bare numbers lacks a unit, which is said once."""
    found = planned("places", file_of([["名称", "面积"], ["示例园", 1234], ["示例楼", "5,678"]]))
    assert [(question.topic, question.key) for question in asked_about(found)] == [("set", "unit")]
    assert {code for _row, code in codes(found)} == {"unit_missing"}


def test_a_unit_that_some_figures_lack_is_asked_for_once(file_of):
    path = file_of([["名称", "面积"], ["示例客厅", "35000"], ["示例园", "占地97亩"], ["示例楼", 1200]])
    found = planned("places", path)
    questions = [(one.topic, one.key, one.row, one.rows, one.required) for one in asked_about(found)]
    assert (questions, outcomes(found)) == ([("set", "unit", 2, 2, True)], [REFUSED, NEW, REFUSED])
    commit(received("places", path, decided={"set": {"unit": "平方米"}}))
    assert [str(place.area) for place in Place.objects.order_by("pk")] == ["35000平方米", "97亩", "1200平方米"]


def test_a_column_of_sentences_does_not_become_a_thousand_questions(file_of):
    rows = [["名称", "时间"], *([f"示例园{number}", f"第{number}个说法"] for number in range(MOST_WORDS + 9))]
    found = planned("places", file_of(rows))
    assert len(asked_about(found)) == MOST_WORDS
    found = planned("places", file_of(rows), decided=decided(时间="keep"))
    assert set(outcomes(found)) == {NEW}


# Amounts, growths, keys


def test_amounts_of_projects_are_kept_with_their_kind(file_of):
    rows = [["项目名称", "总投资"], ["示例项目", "10亿元左右到账"], ["示例二期", "3亿元"]]
    found = planned("projects", file_of(rows))
    assert asked(found) == [("总投资：10亿元左右到账", "总投资", 1, True, "")]
    batch = received("projects", file_of(rows), decided=decided(总投资="keep"))
    commit(batch)
    amounts = Amount.objects.order_by("pk")
    assert [(str(one.figure), one.kind, one.figure_bound) for one in amounts] == [
        ("10亿元左右到账", "total", "unread"),
        ("3亿元", "total", "exact"),
    ]
    batch = received("projects", file_of(rows), decided=decided(总投资="leave"))
    assert batch.state  # the rows are on file already: nothing is left to write


def test_a_scale_in_words_is_no_question(file_of):
    found = planned("projects", file_of([["项目名称", "建设规模"], ["示例项目", "两条生产线"]]))
    assert (outcomes(found), asked_about(found)) == ([NEW], [])


def test_figures_and_their_growth_are_kept_and_found_again(file_of):
    rows = [["指标", "地区", "时期", "数值", "增速"], ["示例产值", "示例区", "上半年某月", "若干亿元", "大幅增长"]]
    answers = {**CREATE_ALL, "decided": decided(**{"*": "keep"})}
    commit(received("observations", file_of(rows), **answers))
    row = Observation.objects.get()
    assert (row.period_kind, row.value_bound, row.growth_bound) == ("unread", "unread", "unread")
    assert outcomes(planned("observations", file_of(rows), **answers)) == [SAME]


# Choices


STATUSES = [["项目名称", "状态"], ["示例项目", "推进顺利"], ["示例二期", "推进顺利"], ["示例三期", "有点慢"]]


def test_a_status_is_decided_by_its_word(file_of):
    found = planned("projects", file_of(STATUSES))
    assert asked(found) == [("状态：推进顺利", "状态", 2, True, ""), ("状态：有点慢", "状态", 1, True, "")]
    offered = [code for code, _label in asked_about(found)[0].choices]
    assert {"on-track", "delayed", "started", "leave"} <= set(offered)
    assert "keep" not in offered
    assert {code for _row, code in codes(found)} == {"unknown_choice"}
    answers = decided(状态_推进顺利="started", 状态_有点慢="delayed")
    commit(received("projects", file_of(STATUSES), decided=answers))
    assert [(entry.stage, entry.evidence) for entry in StageEntry.objects.all()] == [("started", "推进顺利")] * 2
    assert Project.objects.get(title="示例三期").status == "delayed"


def test_a_status_left_out_takes_its_date_with_it(file_of):
    rows = [["项目名称", "状态", "时间"], ["示例项目", "推进顺利", "2024年4月"]]
    found = planned("projects", file_of(rows), decided=decided(状态="leave"))
    assert outcomes(found) == [NEW]
    assert codes(found) == [(2, "not_kept")]


def test_a_status_without_a_place_in_the_list_goes_into_the_remark_with_its_date(file_of):
    rows = [
        ["项目名称", "状态", "时间", "备注"],
        ["示例项目", "揭牌", "2024年4月", "示例备注"],
        ["示例二期", "续建", None, None],
    ]
    path = file_of(rows)
    commit(received("projects", path, decided=decided(状态="remark")))
    written = [*Project.objects.order_by("pk").values_list("remark", "status")]
    assert written == [("示例备注\n状态：揭牌\n时间：2024年4月", ""), ("状态：续建", "")]
    assert not StageEntry.objects.exists()
    assert outcomes(planned("projects", path, decided=decided(状态="remark"))) == [SAME] * 2


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        *(("正式开工", "started"), ("竣工投产", "producing"), ("进展滞后", "delayed"), ("洽谈中（二期）", "talks")),
        *(("拟签约", ""), ("未开工", ""), ("揭牌", ""), ("开工投产", "")),
    ],
)
def test_a_known_word_within_an_unknown_one_is_offered_and_not_taken(file_of, word, offered):
    found = planned("projects", file_of([STATUSES[0], ["示例项目", word]]))
    assert [(question.offered, question.answer) for question in asked_about(found)] == [(offered, "")] * bool(
        codes(found)
    )


def test_the_date_of_a_stage_is_kept_as_printed(file_of):
    rows = [["项目名称", "状态", "时间"], ["示例项目", "开工", "春节后"]]
    commit(received("projects", file_of(rows), decided=decided(时间="keep")))
    assert [(str(entry.happened), entry.happened_kind) for entry in StageEntry.objects.all()] == [("春节后", "unread")]


KINDS = [["名称", "类型"], ["示例园", "共享工厂"], ["示例楼", "写字楼"]]


@pytest.mark.parametrize(
    ("answer", "kind", "printed", "warned"),
    [
        ("", "", "共享工厂", True),
        ("keep", "", "共享工厂", False),
        ("park", "park", "共享工厂", False),
        ("特色园区", "park", "共享工厂", False),
        ("leave", "", "", False),
    ],
)
def test_a_kind_may_be_decided_and_need_not(file_of, answer, kind, printed, warned):
    answers = {"decided": decided(类型_共享工厂=answer)} if answer else {}
    found = planned("places", file_of(KINDS), **answers)
    assert asked(found) == [("类型：共享工厂", "类型", 1, False, answer)]
    assert ((2, "kept_as_printed") in codes(found)) == warned
    commit(received("places", file_of(KINDS), **answers))
    place = Place.objects.get(name="示例园")
    assert (place.kind, place.kind_as_printed) == (kind, printed)


def test_sources_beside_the_rows_are_asked_about_too(file_of):
    rows = [["单位名称", "来源编号"], ["示例公司", "S1"]]
    sources = [["来源编号", "标题", "类型", "发布日期"], ["S1", "示例报道", "朋友圈", "那年冬天"]]
    path = file_of(rows, ("来源", sources))
    found = planned("organisations", path)
    assert sorted(asked(found)) == [
        ("发布日期：那年冬天", "发布日期", 1, True, ""),
        ("类型：朋友圈", "类型", 1, True, ""),
    ]
    found = planned("organisations", path, decided=decided(类型="other", 发布日期="keep"))
    assert [problem for problem in found.all_problems() if problem.is_error] == []


def test_an_organisation_s_standing_is_dated_as_printed(file_of):
    rows = [["名称", "身份", "时间"], ["示例公司", "重点企业", "2023年成立"]]
    assert codes(planned("organisations", file_of(rows))) == [(2, "words")]
    commit(received("organisations", file_of(rows), decided=decided(时间="keep")))
    assert Organisation.objects.get().standing_since_kind == "unread"

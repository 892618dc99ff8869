"""What a person decides about a file: columns without a place, answers that fit nothing, and how they are asked."""

from io import StringIO

import pytest
from django.core.management import call_command

from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.questions import Asked, Question
from partners.models import Organisation
from tests import factories
from tests.importing.import_steps import codes, outcomes, planned, received, run, saved

pytestmark = pytest.mark.one_database

FIRST, SECOND = "示例甲公司", "示例乙公司"


@pytest.fixture
def sheet(tmp_path):
    return lambda *rows: saved(tmp_path / "示例名录.xlsx", ("名录", list(rows)))


def answers(**decided) -> Asked:
    return Asked(Answers.from_json({"decided": decided}))


def question(key="公布", **more) -> Question:
    return Question("word", key, "?", [("keep", "keep as printed"), ("date", "founding date")], **more)


def test_an_answer_that_is_none_of_the_choices_answers_nothing():
    asked = answers(word={"公布": "drop"})
    assert asked.ask(question()) == ""
    assert (asked.unfit, asked.unmatched()) == ({("word", "公布"): "drop"}, [])
    assert answers(word={"公布": "keep"}).ask(question()) == "keep"


@pytest.mark.parametrize("by", ["公布", "时间", "*"])
def test_a_question_is_answered_by_itself_its_group_or_its_topic(by):
    asked = answers(word={by: "keep"})
    assert (asked.ask(question(group="时间")), asked.unmatched()) == ("keep", [])


# Decisions about nothing


@pytest.mark.django_db
def test_every_kind_of_decision_about_nothing_is_a_mistake(sheet):
    factories.industry(name="示例产业")
    path = sheet(["单位名称", "产业领域"], [FIRST, "示例产业"])
    wrong = {
        "columns": {"租金": ""},
        "references": {"industry": {"没有的": "create"}, "roster": {"示例榜": "leave"}},
        "decided": {"same": {SECOND: "new"}, "set": {"scope": "丰台区"}},
    }
    found = planned("organisations", path, **wrong)
    told = {("column", "租金"), ("industry", "没有的"), ("roster", "示例榜"), ("same", SECOND), ("set", "scope")}
    assert {*found.unmatched} == told
    assert codes(found) == [(0, "unmatched")] * 5


@pytest.mark.django_db
def test_a_file_that_was_taken_can_be_read_again_with_the_same_decisions(sheet, own_files):
    path = sheet(["单位名称", "产业领域", "租金"], [FIRST, "示例新产业", 83])
    said = ("--create", "industry=示例新产业", "--ignore", "租金")
    assert [run("organisations", path, *said, "--commit")[0], run("organisations", path, *said)[0]] == [0, 0]
    assert run("organisations", path, "--create", "all", "--ignore-rest")[0] == 0


# Columns without a place


@pytest.mark.django_db
def test_columns_without_a_place_are_left_out_or_kept_in_the_remark(sheet, own_files):
    path = sheet(["单位名称", "租金", "入驻率", "备注"], [FIRST, "83~168", 0.9, "示例"], [SECOND, None, None, None])
    assert codes(planned("organisations", path)) == [(0, "unknown_column")] * 2
    assert run("organisations", path, "--ignore-rest")[0] == 0
    assert run("organisations", path, "--remark", "租金", "--ignore-rest", "--commit")[0] == 0
    kept = dict(Organisation.objects.values_list("name", "remark"))
    assert kept == {FIRST: "示例\n租金：83~168", SECOND: ""}
    more = planned("organisations", path, rest="remark")
    assert outcomes(more) == ["changed", "same"]
    assert more.rows[0].item.values == {"remark": "示例\n租金：83~168\n入驻率：0.9"}


@pytest.mark.django_db
def test_a_remark_that_holds_the_lines_already_does_not_change(sheet):
    factories.organisation(name=FIRST, remark="示例\n租金：83~168")
    path = sheet(["单位名称", "租金", "备注"], [FIRST, "83~168", "示例"])
    assert outcomes(planned("organisations", path, rest="remark")) == ["same"]


# How the command asks


@pytest.mark.django_db
def test_the_table_names_what_is_open_with_its_answers(sheet):
    known = factories.organisation(name="示例科技集团有限公司")
    path = sheet(["单位名称"], ["示例科技（北京）有限公司"])
    output = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_workbook", "organisations", str(path), stdout=output)
    assert '--decide "same:示例科技（北京）有限公司=…"' in output.getvalue()
    assert f"    {known.pk}: " in output.getvalue() and "    new: " in output.getvalue()


@pytest.mark.django_db
def test_questions_are_kept_with_the_batch(sheet, own_files):
    factories.organisation(name="示例科技集团有限公司")
    batch = received("organisations", sheet(["单位名称"], ["示例科技（北京）有限公司"]), columns={"租金": ""})
    (asked,) = batch.notes["questions"]
    assert (asked["topic"], asked["row"], asked["answer"]) == ("same", 2, "")
    assert batch.notes["unmatched"] == [["column", "租金"]]

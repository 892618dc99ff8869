"""Rows that may be about one record under several names: asked, and made one where somebody says so."""

import pytest
from django.utils.translation import override

from partners.models import Organisation
from tests import factories
from tests.importing.import_steps import codes, planned, run, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def sheet(tmp_path):
    return lambda *rows: saved(tmp_path / "示例名录.xlsx", ("名录", list(rows)))


def asked(found) -> dict[str, list[str]]:
    return {each.key: [answer for answer, _label in each.choices] for each in found.questions if each.topic == "same"}


def test_near_names_inside_one_file_are_asked_at_the_later_row(sheet):
    names = ["北京乙 公司", "北京乙公司", "ABC公司", "abc公司", "北京丙股份有限公司", "北京丙有限公司", "示例丁公司"]
    found = planned("organisations", sheet(["企业名称"], *([name] for name in names)))
    told = {names[at]: [f"row:{names[at - 1]}", "new"] for at in (1, 3, 5)}
    assert asked(found) == told
    assert [code for _row, code in codes(found)] == ["near_match"] * 3
    assert "股份" in [problem.message for problem in found.all_problems()][2]


def test_characters_in_another_order_are_called_so(sheet):
    path = sheet(["企业名称"], ["示例昇煜（中国）投资有限公司"], ["示例煜昇（中国）投资有限公司"])
    with override("en"):
        found = planned("organisations", path)
    assert "the same characters in another order" in found.all_problems()[0].message


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ("row:北京丙股份有限公司", [("北京丙股份有限公司", "丰台区", "示例路1号")]),
        ("new", [("北京丙股份有限公司", "丰台区", ""), ("北京丙有限公司", "", "示例路1号")]),
    ],
)
def test_rows_called_the_same_are_one_record(sheet, answer, written):
    rows = [
        ["单位名称", "地区", "地址"],
        ["北京丙股份有限公司", "丰台区", None],
        ["北京丙有限公司", None, "示例路1号"],
    ]
    status, _result = run("organisations", sheet(*rows), "--same", f"北京丙有限公司={answer}", "--commit")
    assert status == 0
    assert [*Organisation.objects.order_by("pk").values_list("name", "region", "address")] == written


def test_rows_called_the_same_that_contradict_each_other_are_asked_about_once_more(sheet):
    rows = [["单位名称", "地区"], ["北京丙股份有限公司", "丰台区"], ["北京丙有限公司", "海淀区"]]
    path = sheet(*rows)
    found = planned("organisations", path, decided={"same": {"北京丙有限公司": "row:北京丙股份有限公司"}})
    assert [(each.topic, each.key) for each in found.questions if each.topic == "repeat"] == [
        ("repeat", "北京丙股份有限公司")
    ]
    assert found.refused
    taken = {"same": {"北京丙有限公司": "row:北京丙股份有限公司"}, "repeat": {"北京丙股份有限公司": "last"}}
    assert [row.label for row in planned("organisations", path, decided=taken).rows] == ["北京丙有限公司"]


def test_a_short_name_that_is_on_file_is_asked_about(sheet):
    known = factories.organisation(name="示例通号")
    path = sheet(["单位名称", "简称"], ["中国示例通信信号集团公司", "示例通号"], ["示例通号二", None])
    found = planned("organisations", path)
    assert asked(found)["中国示例通信信号集团公司"] == [str(known.pk), "new"]
    said = {"same": {"中国示例通信信号集团公司": str(known.pk)}}
    assert [row.key for row in planned("organisations", path, decided=said).rows] == [known.pk, None]


def test_a_short_name_of_another_row_is_asked_about(sheet):
    found = planned(
        "organisations", sheet(["单位名称", "简称"], ["示例通号", None], ["中国示例通信信号集团公司", "示例通号"])
    )
    assert asked(found)["中国示例通信信号集团公司"] == ["row:示例通号", "new"]

"""The questions of a file on its page: what is open stands first, what may be left alone is folded, any answer fits."""

import pytest

from projects.models import Place, Project, StageEntry
from tests.admin.imports.test_import_pages import decided, page, take, upload
from tests.admin.test_admin import staff  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
PLACES = [
    ["名称", "时间", "类别"],
    ["示例客厅", "11月6日", "功能组团"],
    ["示例园", "揭牌", None],
    ["示例楼", "揭牌", None],
]


def sections(client, batch) -> list[tuple]:
    found = page(client, batch).context["form"].asked.sections
    return [(section.label, section.group, len(section.questions), section.open) for section in found]


def test_what_is_open_stands_first_and_what_may_be_left_alone_is_folded(staff):  # noqa: F811
    batch = upload(staff, *PLACES, name="places")
    assert sections(staff, batch) == [
        ("未能识读的文字", "时间", 2, 2),
        ("未能识读的文字", "类别", 1, 0),
        ("可不导入的行", "", 3, 0),
    ]
    shown = page(staff, batch).content.decode()
    assert "“11月6日”没有写明年份" in shown
    assert shown.index("未能识读的文字 · 时间") < shown.index("<summary>\n          未能识读的文字 · 类别")


@pytest.mark.parametrize(
    ("sent", "times"),
    [
        ({"whole:word:时间": "keep"}, ["11月6日", "揭牌", "揭牌"]),
        ({"whole:word:时间": "keep", "own:word:时间:11月6日": " 2024年11月6日 "}, ["2024年11月6日", "揭牌", "揭牌"]),
        (
            {
                "question:word:时间:11月6日": "keep",
                "own:word:时间:11月6日": "2024年",
                "question:word:时间:揭牌": "leave",
            },
            ["2024年", "", ""],
        ),
    ],
)
def test_a_text_of_one_s_own_goes_before_a_choice_and_that_before_the_group(staff, sent, times):  # noqa: F811
    batch = upload(staff, *PLACES, name="places")
    decided(staff, batch, **sent)
    form = page(staff, batch).context["form"]
    assert all(form[name].initial == value.strip() for name, value in sent.items() if not name.startswith("question"))
    take(staff, batch)
    assert [str(place.as_of) for place in Place.objects.order_by("pk")] == times


def test_what_the_file_suggests_is_taken_for_a_whole_group_and_kept_one_by_one(staff):  # noqa: F811
    rows = [["项目名称", "状态"], ["示例甲项目", "正式开工"], ["示例乙项目", "竣工投产"], ["示例丙项目", "揭牌"]]
    batch = upload(staff, *rows, name="projects")
    decided(staff, batch, **{"whole:word:状态": "*offered", "question:word:状态:揭牌": "remark"})
    batch.refresh_from_db()
    kept = {"状态:正式开工": "started", "状态:竣工投产": "producing", "状态:揭牌": "remark"}
    assert batch.answers["decided"]["word"] == kept
    take(staff, batch)
    assert [*StageEntry.objects.order_by("pk").values_list("stage", "evidence")] == [
        ("started", "正式开工"),
        ("producing", "竣工投产"),
    ]
    assert Project.objects.get(title="示例丙项目").remark == "状态：揭牌"


def test_the_only_answer_of_a_question_is_ticked_and_taken_back(staff):  # noqa: F811
    batch = upload(staff, ["单位名称", "统一社会信用代码"], ["示例甲公司", "9.11E+17"])
    name = "question:code:9.11E+17"
    assert page(staff, batch).context["form"][name].field.label.startswith("不导入")
    for sent, open_ones in (({name: "remark"}, 0), ({}, 1)):
        decided(staff, batch, **sent)
        assert page(staff, batch).context["form"].open == open_ones


def test_a_long_list_of_questions_is_folded(staff):  # noqa: F811
    rows = [[f"示例{number}号", f"第{number}批认定"] for number in range(30)]
    batch = upload(staff, ["名称", "时间"], *rows, name="places")
    section = page(staff, batch).context["form"].asked.sections[0]
    assert (section.open, len(section.first), len(section.others)) == (30, 10, 20)
    assert "另有 20 项" in page(staff, batch).content.decode()

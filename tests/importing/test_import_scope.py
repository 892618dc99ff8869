"""A clerk's file writes only what is theirs: each row that would do more is refused, and says whose the record is."""

import pytest
from django.contrib.auth import get_user_model

from fengtai.importing.taking import steps
from fengtai.importing.taking.rights import against_undo
from fengtai.records.batches import ImportBatch
from fengtai.review.pending import PendingChange
from fengtai.review.whose import OutsideScope
from partners.models import Membership, Organisation
from tests import factories
from tests.importing.import_steps import received, saved
from tests.review.people import clerk, editor

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
State = ImportBatch.State
HEADINGS = ["单位名称", "地区", "产业", "简称"]
THEIRS = "“示例乙公司”属于示例乙业，由示例乙所在工作营维护。"
NAME_ONE = "请注明您负责的产业（示例甲业）：否则这条记录不归您维护。"


@pytest.fixture
def industries():
    return factories.industry(name="示例甲业"), factories.industry(name="示例乙业")


@pytest.fixture
def user(industries):
    own, other = industries
    clerk(other, name="示例乙")
    for name, industry in (("示例甲公司", own), ("示例乙公司", other), ("示例无业公司", None)):
        made = factories.organisation(name=name, state="draft")
        made.industries.set([industry] if industry else [])
    return clerk(own)


def brought(tmp_path, user, *rows, headings=HEADINGS, name="organisations", **answers) -> ImportBatch:
    batch = received(name, saved(tmp_path / "名录.xlsx", ("名录", [headings, *rows])), **answers)
    batch.by = user
    batch.save()
    steps.preview(batch)
    batch.refresh_from_db()
    return batch


def told(batch) -> list[tuple[int, str, list[str]]]:
    rows = batch.rows.filter(part="rows").order_by("number")
    errors = [[one["message"] for one in row.problems if one["severity"] == "error"] for row in rows]
    return [(row.outcome, *found) for row, found in zip(rows, errors, strict=True)]


def regions() -> dict:
    return dict(Organisation.objects.values_list("name", "region"))


ROWS = [
    ["示例甲公司", "示例区", None, None],
    ["示例乙公司", "示例区", None, None],
    ["示例乙公司二", "示例区", "示例乙业", None],
    ["示例新公司", "示例区", "示例甲业；示例乙业", "示新"],
    ["示例新无业", "示例区", None, None],
    ["示例无业公司", None, None, "示无"],
]


def test_each_row_that_is_not_theirs_is_refused_in_the_preview(tmp_path, user):
    before = regions()
    batch = brought(tmp_path, user, *ROWS)
    assert told(batch) == [
        ("changed",),
        ("refused", THEIRS),
        ("refused", NAME_ONE),
        ("new",),
        ("refused", NAME_ONE),
        ("refused", "“示例无业公司”不属于任何产业，由计划办公室维护。"),
    ]
    steps.commit(batch, by=user)
    batch.refresh_from_db()
    assert (batch.state, regions()) == (State.REFUSED, before)


def test_a_preview_made_for_somebody_else_is_no_way_round(tmp_path, user):
    batch = brought(tmp_path, editor(), *ROWS)
    assert {outcome for outcome, *_errors in told(batch)} == {"new", "changed"}
    before = regions()
    steps.commit(batch, by=user)
    batch.refresh_from_db()
    assert (batch.state, regions()) == (State.REFUSED, before)
    assert [problem["message"] for problem in batch.notes["problems"]].count(NAME_ONE) == 2


def test_what_is_theirs_is_taken_and_undone(tmp_path, user, industries):
    batch = brought(tmp_path, user, ROWS[0], ROWS[3])
    steps.commit(batch, by=user)
    batch.refresh_from_db()
    assert (batch.state, regions()["示例甲公司"]) == (State.COMMITTED, "示例区")
    assert [*Organisation.objects.get(name="示例新公司").industries.order_by("pk")] == [*industries]
    assert steps.undo(batch, by=user)
    assert regions() == dict.fromkeys(("示例甲公司", "示例乙公司", "示例无业公司"), "")


def test_an_import_whose_records_were_moved_is_not_undone_by_the_clerk(tmp_path, user, industries):
    batch = brought(tmp_path, user, ROWS[0])
    steps.commit(batch, by=user)
    Organisation.objects.get(name="示例甲公司").industries.set([industries[1]])
    batch.refresh_from_db()
    assert against_undo(batch, user) == ["“示例甲公司”属于示例乙业，由示例乙所在工作营维护。"]
    with pytest.raises(Exception, match="示例乙"):
        steps.undo(batch, by=user)
    assert regions()["示例甲公司"] == "示例区"


def test_undoing_does_not_give_a_record_back_to_others(tmp_path, user, industries):
    own, other = industries
    factories.work_group(name="示例丙营").staff.add(user)
    record = Organisation.objects.get(name="示例乙公司")
    record.industries.add(own)
    batch = brought(tmp_path, user, ["示例乙公司", "示例区", "示例甲业", None])
    steps.commit(batch, by=user)
    batch.refresh_from_db()
    write = batch.writes.get()
    write.before = {**write.before, "industries": [other.pk]}  # as if the import had brought it to them
    write.save()
    with pytest.raises(OutsideScope):
        steps.undo(batch, by=user)
    assert regions()["示例乙公司"] == "示例区" and record.industries.count() == 2


def test_a_file_moves_no_part_and_makes_nothing_that_the_office_keeps(tmp_path, user):
    factories.level(name="示例伙伴")
    membership = factories.membership(organisation=Organisation.objects.get(name="示例甲公司"))
    headings = ["编号", "单位名称", "身份"]
    batch = brought(tmp_path, user, [membership.pk, "示例乙公司", "示例伙伴"], headings=headings, name="memberships")
    assert told(batch)[0][0] == "refused"
    create = {"references": {"*": {"*": "create"}}}
    batch = brought(tmp_path, user, ["示例新公司", None, "示例甲业；示例新业", None], **create)
    assert told(batch) == [("refused", "产业由计划办公室维护。")]
    steps.commit(batch, by=user)
    assert Membership.objects.get().organisation.name == "示例甲公司" and Organisation.objects.count() == 3


def test_a_clerks_file_changes_what_is_published_by_pending_changes_of_theirs_alone(tmp_path, user):
    Organisation.objects.update(state="published")
    batch = brought(tmp_path, user, *ROWS[:2])
    assert [outcome for outcome, *_errors in told(batch)] == ["changed", "refused"]
    batch = brought(tmp_path, user, ROWS[0])
    steps.commit(batch, by=user)
    assert [change.label for change in PendingChange.objects.all()] == ["示例甲公司"]
    assert get_user_model().objects.get(pk=user.pk) == PendingChange.objects.get().author

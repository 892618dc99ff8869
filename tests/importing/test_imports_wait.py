"""What an import would change of published records waits for a second person; all else is written at once."""

import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from fengtai.importing.taking import steps
from fengtai.importing.taking.undoing import Touched
from fengtai.records.batches import ImportBatch, ImportWrite
from fengtai.records.models import Citation, Record, Source
from fengtai.records.trail.stored import TEMPORARY
from fengtai.review.actions import Refused, move, submit, withdraw
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import Terms, release, release_all
from partners.models import Honour, Industry, Membership, Organisation, OrganisationName, Roster
from projects.models import Amount, Place, Project
from tests import factories
from tests.importing.import_steps import CREATE_ALL, received, run, saved
from tests.pages.crawling import crawl

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
State, Step = PendingChange.State, ImportBatch.State
NAME, NEW = "示例科技有限公司", "示例新单位"
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(Z|[+-]\d\d:\d\d| [A-Z]+)?")


def person(name: str):
    return get_user_model().objects.create_superuser(name, password="x")


@pytest.fixture
def clerk():
    return person("示例导入者")


@pytest.fixture
def reviewer():
    return person("示例审核")


@pytest.fixture
def preview(tmp_path):
    """A batch of some rows under their headings, previewed."""

    def made(headings, *rows, name="organisations", sheets=(), **answers):
        number = ImportBatch.objects.count()
        path = saved(tmp_path / f"{number}.xlsx", ("名录", [headings, *map(list, rows)]), *sheets)
        return received(name, path, **answers)

    return made


@pytest.fixture
def taken(preview, clerk):
    def done(headings, *rows, submitted=False, **options):
        batch = preview(headings, *rows, **options)
        steps.commit(batch, by=clerk, submit=submitted)
        assert batch.state == Step.COMMITTED, batch.notes["problems"]
        return batch

    return done


@pytest.fixture
def firm():
    return factories.organisation(name=NAME, region="丰台区")


def edits_of(batch) -> list[tuple]:
    return [(edit["model"], edit["kind"], edit["new"]) for change in batch.pending.all() for edit in change.edits]


def released(batch, by) -> None:
    for change in batch.pending.filter(state=State.DRAFT):
        submit(change, by=by)
    # In an emergency: what the checklist says of a record is no matter of imports.
    terms = Terms(by=by, accepted=True, emergency=True, why="示例")
    _done, refused = release_all(batch.pending.filter(state=State.SUBMITTED), terms)
    assert refused == []


def site() -> dict[str, str]:
    """What the public reads, without the times of answering."""
    found = crawl(Client(), "/", "/api/openapi.json", left_out=("/en/",), unasked=("sort",))
    return {address: TIME.sub("", text) for address, text in found}


# Lists: headings, a row about a published record, and a new one

LISTS = {
    "organisations": (["单位名称", "地区"], [NAME, "海淀区"], [NEW, "海淀区"], "region"),
    "projects": (["项目名称", "建设地点"], [NAME, "示例路1号"], [NEW, "示例路2号"], "location"),
    "places": (
        ["楼宇名称", "类型", "位置"],
        [NAME, "building", "示例路1号"],
        [NEW, "building", "示例路2号"],
        "location",
    ),
    "policies": (["政策名称", "类型", "文号"], [NAME, "管理办法", "示1号"], [NEW, "管理办法", "示2号"], "number"),
    "rosters": (["名单", "备注"], [NAME, "示例说明"], [NEW, "示例说明"], "note"),
}
CALLED = {"projects": "title", "rosters": "title"}


@pytest.mark.parametrize("name", LISTS)
def test_a_new_row_is_a_draft_and_a_published_record_waits(taken, reviewer, name):
    headings, changing, new, field = LISTS[name]
    row = factories.LIST_ROWS[name](**{CALLED.get(name, "name"): NAME})
    before = getattr(row, field), row.version
    batch = taken(headings, changing, new, name=name)
    row.refresh_from_db()
    assert (getattr(row, field), row.version) == before
    made = type(row).objects.exclude(pk=row.pk).get()
    assert (str(made), made.state) == (NEW, Record.State.REVIEW)
    assert (batch.counts["waiting_records"], batch.counts["waiting_rows"]) == (1, 1)
    change = batch.pending.get()
    assert (change.record, change.label, change.state) == (row, str(row), State.DRAFT)
    assert change.edits[0]["new"][field] == changing[-1]
    released(batch, reviewer)
    row.refresh_from_db()
    assert (getattr(row, field), row.version) == (changing[-1], before[1] + 1)


def test_a_figure_of_a_published_period_is_a_draft_of_its_own(taken):
    old = factories.observation(indicator=factories.indicator(name="示例值"), period="2023年", value="100亿元")
    headings = ["地区", "指标名称", "期间", "数值", "单位", "修订原因"]
    batch = taken(headings, ["示例区", "示例值", "2023年", "120", "亿元", "普查"], name="observations")
    new = type(old).objects.get(supersedes=old)
    assert (new.state, batch.pending.count()) == (Record.State.REVIEW, 0)


def test_drafts_are_changed_at_once(taken, firm):
    for state in (Record.State.DRAFT, Record.State.REVIEW, Record.State.WITHDRAWN):
        firm.state = state
        firm.save()
        batch = taken(["单位名称", "地区"], [NAME, f"示例{state}"])
        firm.refresh_from_db()
        assert (firm.region, batch.pending.count()) == (f"示例{state}", 0)


def test_what_is_under_an_embargo_waits_as_well(taken):
    firm = factories.organisation(name=NAME, publish_at="2999-01-01T00:00Z")
    batch = taken(["单位名称", "地区"], [NAME, "海淀区"])
    assert batch.pending.get().record == firm


def test_parts_of_published_records_wait_and_those_of_drafts_do_not(taken, firm, reviewer):
    factories.level(name="示例伙伴")
    draft = factories.organisation(name="示例待审公司", state="review")
    headings = ["单位名称", "简称", "身份", "荣誉"]
    batch = taken(headings, [NAME, "示科", "示例伙伴", "示例奖"], ["示例待审公司", "示审", "示例伙伴", "示例奖"])
    for model in (OrganisationName, Membership, Honour):
        assert [row.organisation for row in model.objects.all()] == [draft]
    assert {model for model, _kind, _new in edits_of(batch)} == {
        "partners.organisationname", "partners.membership", "partners.honour"
    }  # fmt: skip
    released(batch, reviewer)
    for model in (OrganisationName, Membership, Honour):
        assert {row.organisation for row in model.objects.all()} == {firm, draft}


def test_a_new_source_is_a_draft_and_its_citations_of_published_records_wait(taken, firm, reviewer):
    factories.level(name="示例伙伴")
    sources = ("来源", [["来源编号", "标题", "类型"], ["W1", "示例新来源", "新闻"]])
    headings = ["单位名称", "身份", "来源编号"]
    batch = taken(headings, [NAME, "示例伙伴", "W1"], [NEW, "示例伙伴", "W1"], sheets=[sources])
    source = Source.objects.get()
    assert source.state == Record.State.REVIEW
    cited = {citation.record for citation in Citation.objects.all()}
    assert cited == {Organisation.objects.get(name=NEW), Membership.objects.get()}
    released(batch, reviewer)
    assert {c.record for c in Citation.objects.all()} == cited | {firm, Membership.objects.get(organisation=firm)}
    assert all(write.row.number == 2 for write in batch.writes.filter(row__number=2)) and not batch.writes.filter(
        row=None
    )


def test_links_wait_and_name_what_the_file_makes_as_a_draft(taken, firm, reviewer):
    batch = taken(["单位名称", "产业"], [NAME, "示例产业"], **CREATE_ALL)
    industry = Industry.objects.get()
    assert (industry.state, list(firm.industries.all())) == (Record.State.REVIEW, [])
    assert edits_of(batch) == [("partners.organisation", "~", {"industries": [industry.pk]})]
    released(batch, reviewer)
    assert list(firm.industries.all()) == [industry]


def test_amounts_of_a_published_project_wait(taken, reviewer):
    amount = factories.amount(project=factories.project(title="示例园"), figure="3.5亿元")
    batch = taken(["项目名称", "投资额（万元）"], ["示例园", 36000], name="projects")
    amount.refresh_from_db()
    assert str(amount.figure) == "3.5亿元"
    released(batch, reviewer)
    assert [str(row.figure) for row in Amount.objects.all()] == ["36000万元"]


def test_what_staff_alone_see_is_written_at_once_from_the_same_row(taken, firm, reviewer):
    batch = taken(["单位名称", "地区", "备注"], [NAME, "海淀区", "示例备注"])
    firm.refresh_from_db()
    assert (firm.region, firm.remark) == ("丰台区", "示例备注")
    assert edits_of(batch) == [("partners.organisation", "~", {"region": "海淀区"})]
    released(batch, reviewer)
    firm.refresh_from_db()
    assert (firm.region, firm.remark) == ("海淀区", "示例备注")
    steps.undo(batch)
    firm.refresh_from_db()
    assert (firm.region, firm.remark) == ("海淀区", "")  # and taken back at once
    released(batch, person("示例另一审核"))
    firm.refresh_from_db()
    assert (firm.region, firm.remark) == ("丰台区", "")


def test_contacts_alone_wait_for_nobody(taken, firm):
    batch = taken(["单位名称", "联系人", "备注"], [NAME, "示例人", "示例备注"])
    assert (firm.contacts.count(), batch.pending.count(), batch.counts["waiting_records"]) == (1, 0, 0)


def test_levels_wait_and_parts_that_belong_to_nothing_wait_for_themselves(taken, reviewer):
    headings = ["荣誉名称", "获奖者"]
    batch = taken(headings, ["示例奖", "示例甲"], ["示例奖", "示例乙"], name="honours")
    assert (Honour.objects.count(), batch.pending.count(), batch.counts["waiting_records"]) == (0, 2, 2)
    assert all(change.object_id >= TEMPORARY for change in batch.pending.all())
    released(batch, reviewer)
    assert {change.record for change in batch.pending.all()} == {*Honour.objects.all()}
    assert [honour.printed for honour in Honour.objects.order_by("pk")] == ["示例甲", "示例乙"]


def test_a_part_that_leaves_a_published_record_waits(taken, firm):
    draft = factories.organisation(name="示例待审公司", state="review")
    honour = factories.honour(organisation=firm, title="示例奖", printed="")
    taken(["荣誉名称", "单位名称", "平台编号"], ["示例奖", draft.name, honour.pk], name="honours")
    honour.refresh_from_db()
    assert honour.organisation == firm
    assert PendingChange.objects.get().record == firm


def test_a_row_that_names_what_exists_inside_a_change_alone_is_refused(preview, clerk):
    honour = factories.honour(title="示例奖", printed="示例园")
    assert Place._meta.get_field("honours").related_model is type(honour)
    batch = preview(["楼宇名称", "类型", "荣誉称号"], [NEW, "building", "示例新奖"], name="places",
                    columns={"荣誉称号": "honours"}, **CREATE_ALL)  # fmt: skip
    assert batch.rows.get().outcome == "refused"
    assert [problem["code"] for problem in batch.rows.get().problems] == ["waits_first"]
    steps.commit(batch, by=clerk)
    assert (batch.state, Place.objects.count(), Honour.objects.count()) == (Step.REFUSED, 0, 1)


def test_a_constraint_is_told_at_the_commit_not_at_the_release(preview, clerk, firm):
    draft = factories.organisation(name="示例待审公司", state="review")
    factories.organisation_name(organisation=firm, name="示例旧名")
    batch = preview(["单位名称", "地区"], [NAME, "海淀区"])
    firm.address = "别处"
    firm.save()
    steps.commit(batch, by=clerk)
    assert (batch.state, batch.pending.count(), batch.writes.count()) == (Step.REFUSED, 0, 0)
    assert draft.history.count() == 1


def test_published_after_the_preview_it_waits_all_the_same(preview, clerk):
    row = factories.organisation(name=NAME, state="review")
    batch = preview(["单位名称", "简称"], [NAME, "示科"])
    Organisation.objects.filter(pk=row.pk).update(state="published")
    steps.commit(batch, by=clerk)
    assert (batch.state, OrganisationName.objects.count(), batch.pending.count()) == (Step.COMMITTED, 0, 1)
    assert batch.counts["waiting_records"] == 1


# Who contributed, and what is asked


def test_neither_who_brought_it_nor_who_took_it_may_release_it(preview, firm, clerk, reviewer):
    batch = preview(["单位名称", "地区"], [NAME, "海淀区"])
    bringer = person("示例送件人")
    ImportBatch.objects.filter(pk=batch.pk).update(by=bringer)
    batch.refresh_from_db()
    steps.commit(batch, by=clerk, submit=True)
    change = batch.pending.get()
    assert (change.state, change.author, {*change.contributors.all()}) == (State.SUBMITTED, clerk, {clerk, bringer})
    for own in (clerk, bringer):
        with pytest.raises(Refused):
            release(change, Terms(by=own, accepted=True))
    release(change, Terms(by=reviewer, accepted=True))
    firm.refresh_from_db()
    assert (firm.region, firm.history.first().history_user) == ("海淀区", clerk)


def test_the_changes_of_a_batch_are_submitted_together_on_its_page(taken, clerk):
    for number in range(3):
        factories.organisation(name=f"示例{number}号")
    batch = taken(["单位名称", "地区"], *([f"示例{number}号", "海淀区"] for number in range(3)))
    client = Client()
    client.force_login(clerk)
    shown = client.get(reverse("admin:import_batch", args=[batch.uuid])).content.decode()
    for firm in Organisation.objects.all():
        assert reverse("admin:partners_organisation_change", args=[firm.pk]) in shown
    assert "全部提交审核" in shown
    client.post(reverse("admin:import_submit", args=[batch.uuid]))
    assert [*batch.pending.values_list("state", flat=True)] == [State.SUBMITTED] * 3
    assert "全部提交审核" not in client.get(reverse("admin:import_batch", args=[batch.uuid])).content.decode()


def test_a_file_of_which_everything_waits_is_taken_and_says_so(taken, firm, clerk):
    batch = taken(["单位名称", "地区"], [NAME, "海淀区"], submitted=True)
    client = Client()
    client.force_login(clerk)
    shown = client.get(reverse("admin:import_batch", args=[batch.uuid])).content.decode()
    assert (batch.writes.count(), batch.counts["waiting_rows"]) == (0, 1)
    assert "1 条公开记录（文件中 1 行）没有直接改动" in shown


# Taken back


def test_open_changes_are_dropped_and_drafts_go(taken, firm, clerk):
    batch = taken(["单位名称", "地区"], [NAME, "海淀区"], [NEW, "海淀区"], submitted=True)
    assert steps.undo(batch, by=clerk)
    assert (batch.state, batch.pending.get().state, [*Organisation.objects.all()]) == (
        Step.UNDONE,
        State.DROPPED,
        [firm],
    )


def test_what_was_released_is_taken_back_by_changes_of_its_own(taken, firm, clerk, reviewer):
    old = factories.industry(name="示例旧产业")
    firm.industries.add(old)
    factories.level(name="示例伙伴")
    headings = ["单位名称", "地区", "简称", "身份", "产业", "来源"]
    batch = taken(headings, [NAME, "海淀区", "示科", "示例伙伴", "示例新产业", "示例来源"], **CREATE_ALL)
    released(batch, reviewer)
    before = site()
    firm.refresh_from_db()
    state = (firm.region, firm.version, firm.names.count(), firm.memberships.count(), firm.citations.count())
    assert state == ("海淀区", 2, 1, 1, 1) and firm.industries.count() == 2
    assert steps.undo(batch, by=clerk)
    firm.refresh_from_db()
    assert (firm.region, firm.version, firm.names.count(), firm.memberships.count(), firm.citations.count()) == state
    assert site() == before
    assert [*batch.pending.order_by("pk").values_list("state", flat=True)] == [State.RELEASED, State.DRAFT]
    released(batch, reviewer)
    firm.refresh_from_db()
    left = (firm.region, firm.names.count(), firm.memberships.count(), firm.citations.count(), [*firm.industries.all()])
    assert left == ("丰台区", 0, 0, 0, [old])


def test_what_is_left_open_is_dropped_and_what_was_released_waits(taken, firm, clerk, reviewer):
    other = factories.organisation(name="示例乙公司")
    batch = taken(["单位名称", "地区"], [NAME, "海淀区"], ["示例乙公司", "海淀区"], submitted=True)
    release(PendingChange.objects.of(firm).get(), Terms(by=reviewer, accepted=True))
    assert steps.undo(batch, by=clerk)
    assert [*PendingChange.objects.of(other).values_list("state", flat=True)] == [State.DROPPED]
    undoing = PendingChange.objects.of(firm).open().get()
    assert undoing.edits[0]["new"] == {"region": "丰台区"}


def test_a_record_that_was_released_is_withdrawn_with_its_parts_never_deleted(taken, clerk, reviewer):
    batch = taken(["单位名称", "简称"], [NEW, "示新"], ["示例另一单位", "示另"])
    row = Organisation.objects.get(name=NEW)
    release(row, Terms(by=reviewer, accepted=True))
    assert steps.undo(batch, by=clerk)
    row.refresh_from_db()
    assert row.is_public and row.names.count() == 1
    assert [*Organisation.objects.all()] == [row]  # the draft beside it is gone
    released(batch, reviewer)
    row.refresh_from_db()
    assert (row.state, row.names.count()) == (Record.State.WITHDRAWN, 1)


def test_a_part_of_a_draft_that_was_released_since_is_taken_back_by_a_change(taken, clerk, reviewer):
    draft = factories.organisation(name=NAME, state="review")
    batch = taken(["单位名称", "简称"], [NAME, "示科"])
    release(draft, Terms(by=reviewer, accepted=True))
    assert steps.undo(batch, by=clerk)
    assert OrganisationName.objects.count() == 1
    assert edits_of(batch) == [("partners.organisationname", "-", {})]


def test_what_was_touched_since_its_release_is_named_and_nothing_is_undone(taken, firm, clerk, reviewer):
    batch = taken(["单位名称", "地区"], [NAME, "海淀区"], ["示例待审公司", "海淀区"])
    released(batch, reviewer)
    firm.refresh_from_db()
    firm.address = "示例路9号"
    firm.save()
    with pytest.raises(Touched) as refused:
        steps.undo(batch, by=clerk)
    assert refused.value.rows == [("名录", 2, NAME)]
    batch.refresh_from_db()
    assert (batch.state, batch.pending.open().count(), Organisation.objects.count()) == (Step.COMMITTED, 0, 2)


def test_a_draft_that_was_changed_is_touched_however_often_it_was_published(taken, clerk):
    batch = taken(["单位名称"], [NEW])
    row = Organisation.objects.get()
    row.region = "别处"
    row.save()
    move(row, Record.State.PUBLISHED, by=clerk, why="示例")
    with pytest.raises(Touched):
        steps.undo(batch, by=clerk)


def test_withdrawn_again_it_stays_withdrawn(taken, clerk, reviewer):
    batch = taken(["单位名称"], [NEW])
    row = Organisation.objects.get()
    release(row, Terms(by=reviewer, accepted=True))
    row.refresh_from_db()
    withdraw(row, by=reviewer, emergency=True, why="示例")
    assert steps.undo(batch, by=clerk)
    row.refresh_from_db()
    assert (row.state, batch.pending.count()) == (Record.State.WITHDRAWN, 0)


# The command


def printed(*arguments) -> str:
    output = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_workbook", *map(str, arguments), stdout=output)
    return output.getvalue()


def test_without_a_named_user_the_command_changes_nothing_public(tmp_path, firm, reviewer):
    path = saved(tmp_path / "名录.xlsx", ("名录", [["单位名称", "地区"], [NAME, "海淀区"], [NEW, "海淀区"]]))
    status, result = run("organisations", path, "--commit")
    assert (status, result["waiting_records"], result["waiting_rows"]) == (0, 1, 1)
    assert result["pending"] == {"changes": 1, "author": None, "submitted": False}
    firm.refresh_from_db()
    change = PendingChange.objects.get()
    assert (firm.region, change.author, change.contributors.count()) == ("丰台区", None, 0)
    assert Organisation.objects.get(name=NEW).state == Record.State.REVIEW
    submit(change, by=reviewer)
    release(change, Terms(by=reviewer, accepted=True))
    firm.refresh_from_db()
    assert (firm.region, firm.history.first().history_user) == ("海淀区", None)


def test_the_command_says_what_waits_and_for_whom(tmp_path, firm, clerk):
    path = saved(tmp_path / "名录.xlsx", ("名录", [["单位名称", "地区"], [NAME, "海淀区"]]))
    assert "1 条公开记录的改动将进入待审改动" in printed("organisations", path)
    assert "未指明" in printed("organisations", path, "--commit")
    said = printed("organisations", path, "--commit", "--user", clerk.username, "--submit")
    assert clerk.username in said and str(State.SUBMITTED.label) in said
    assert [(c.author, c.state) for c in PendingChange.objects.order_by("pk")] == [
        (None, State.DRAFT), (clerk, State.SUBMITTED)
    ]  # fmt: skip


# Before all readers


def test_the_public_site_is_the_same_before_and_after(preview, clerk):
    firm = factories.partner(name=NAME, region="丰台区")
    factories.citation(firm, field="name")
    factories.amount(project=factories.project(title="示例园"))
    factories.roster(title="示例名单")
    before = site()
    level = factories.level().name
    headings = ["单位名称", "地区", "简称", "身份", "产业", "荣誉", "来源"]
    batches = [
        preview(headings, [NAME, "海淀区", "示科", level, "示例产业", "示例奖", "示例新来源"], **CREATE_ALL),
        preview(["项目名称", "投资额（万元）", "签约单位"], ["示例园", 7000, NAME], name="projects"),
        preview(["名单", "备注"], ["示例名单", "示例备注"], name="rosters"),
        preview(["荣誉名称", "获奖者"], ["示例奖", "示例甲"], name="honours"),
    ]
    for batch in batches:
        steps.commit(batch, by=clerk, submit=True)
        assert batch.state == Step.COMMITTED, batch.notes["problems"]
        assert batch.pending.exists()
    assert site() == before
    for batch in batches:
        steps.undo(batch, by=clerk)
    assert site() == before
    assert (Project.objects.count(), Roster.objects.count(), ImportWrite.objects.filter(created=False).count()) == (
        1,
        1,
        0,
    )

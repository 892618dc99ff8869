"""One field of many rows: looked at before, written where nothing is public, kept as pending changes where it is."""

import pytest

from fengtai.admin.bulk import asking, editing
from fengtai.admin.bulk.fields import fields_for_many
from fengtai.records.kept import Kept
from fengtai.records.models import Record
from fengtai.records.trail.acting import Way
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.pending import PendingChange
from fengtai.review.roles import PROGRAMME_OFFICE, READER
from partners.models import Membership, Organisation
from tests import factories
from tests.admin.admin_pages import MODELS, address
from tests.review.people import person, signed_in

pytestmark = pytest.mark.django_db
PUBLISHED = Record.State.PUBLISHED


@pytest.fixture
def clerk():
    return person("示例办公室", PROGRAMME_OFFICE)


class Hands:
    """Goes from page to page as a browser does."""

    def __init__(self, user, model, rows):
        self.client, self.model = signed_in(user), model
        chosen = {"action": "edit_field", "_selected_action": [row.pk for row in rows]}
        self.page = self.client.post(address(model, "changelist"), chosen)

    def send(self, step: str, **values):
        carried = {"keys": self.page.context["keys"], "field": self.page.context["sent"].data.get("field", "")}
        if "seen" in self.page.context:
            carried["seen"] = self.page.context["seen"]
            for name, value in self.page.context["sent"].value_fields:
                carried.setdefault(name, []).append(value)
            carried |= {name: self.page.context["sent"].data.get(name, "") for name in ("why", "mode")}
        self.page = self.client.post(address(self.model, "bulk"), carried | values | {"step": step})
        return self.page

    def preview(self, name: str, **values):
        self.send("value", field=name)
        return self.send("preview", **{"why": "示例理由", **values})


def told(page) -> dict[str, list]:
    shown = {"changing": [(str(one.row), one.old, one.new, one.state) for one in page.context["changing"]]}
    shown["same"] = [str(one.row) for one in page.context["same"]]
    shown["refused"] = [(str(one.row), one.reasons) for one in page.context["refused"]]
    return shown


def test_drafts_are_written_and_what_is_public_waits(clerk):
    draft = factories.organisation(name="示例草稿", region="示例旧区")
    same = factories.organisation(name="示例同", region="示例新区")
    public = factories.organisation(name="示例公开", state=PUBLISHED)
    hands = Hands(clerk, Organisation, [draft, same, public])
    assert dict(hands.page.context["sent"].names)["region"] == "地区"
    page = hands.preview("region", region="示例新区")
    expected = [("示例草稿", "示例旧区", "示例新区", "written"), ("示例公开", "—", "示例新区", "waits")]
    assert told(page) == {"changing": expected, "same": ["示例同"], "refused": []}
    assert not Organisation.objects.filter(region="示例新区").exclude(pk=same.pk).exists()
    assert not PendingChange.objects.exists()
    page = hands.send("confirm")
    assert told(page) == {"changing": expected, "same": ["示例同"], "refused": []}
    draft.refresh_from_db(), public.refresh_from_db()
    assert (draft.region, public.region) == ("示例新区", "")
    assert draft.history.first().history_change_reason == "示例理由"
    [change] = PendingChange.objects.all()
    assert (change.author, change.why, [edit.new for edit in change.read_edits()]) == (
        clerk,
        "示例理由",
        [{"region": "示例新区"}],
    )
    entries = TrailEntry.objects.filter(by=clerk).exclude(way=Way.SIGN_IN)
    assert {*entries.values_list("way", "why")} == {(Way.BULK.value, "示例理由")}
    hands.client.post(address(Organisation, "bulk"), {"step": "submit", "changes": page.context["change_keys"]})
    change.refresh_from_db()
    assert change.state == PendingChange.State.SUBMITTED


def test_what_changed_since_the_preview_is_refused_and_the_others_go_on(clerk):
    rows = [factories.organisation(name=f"示例{number}") for number in range(3)]
    hands = Hands(clerk, Organisation, rows)
    hands.preview("kind", kind="firm")
    rows[0].save()
    Organisation.objects.filter(pk=rows[1].pk).delete()
    page = hands.send("confirm")
    assert [one for one, _reasons in told(page)["refused"]] == ["示例0"]
    assert (page.context["gone"], told(page)["changing"]) == (1, [("示例2", "—", "企业", "written")])
    assert {*Organisation.objects.values_list("name", "kind")} == {("示例0", ""), ("示例2", "firm")}


@pytest.mark.parametrize(
    ("mode", "expected"), [("add", ["甲", "甲乙"]), ("remove", ["", "乙"]), ("replace", ["甲", "甲"])]
)
def test_links_are_added_taken_away_or_replaced(clerk, mode, expected):
    links = {name: factories.industry(name=name) for name in "甲乙"}
    rows = [factories.organisation(name="示例一"), factories.organisation(name="示例二")]
    rows[0].industries.set([])
    rows[1].industries.set(links.values() if mode != "add" else [links["乙"]])
    hands = Hands(clerk, Organisation, rows)
    hands.preview("industries", industries=[links["甲"].pk], mode=mode)
    hands.send("confirm")
    found = ["".join(sorted(row.industries.values_list("name", flat=True), key="甲乙".index)) for row in rows]
    assert found == expected


def test_each_row_is_asked_by_its_own_form(clerk):
    level = factories.level()
    begun = factories.membership(organisation=factories.organisation(name="示例早"), level=level, since="2020年")
    late = factories.membership(organisation=factories.organisation(name="示例迟"), level=level, since="2024年")
    hands = Hands(clerk, Membership, [begun, late])
    page = hands.preview("until", until="2023年")
    assert told(page)["refused"] == [(str(late), ["结束时间早于开始时间。"])]
    hands.send("confirm")
    assert sorted(str(one.until) for one in Membership.objects.all()) == ["", "2023年"]


def test_mistakes_are_told_at_the_field_and_nothing_is_lost(clerk, monkeypatch):
    rows = [factories.organisation(name=f"示例{number}") for number in range(3)]
    hands = Hands(clerk, Organisation, rows)
    page = hands.preview("standing_since", standing_since="示例何时", why=" ")
    assert page.status_code == 400
    assert {*page.context["sent"].problems} == {"value", "why"}
    assert 'value="示例何时"' in page.content.decode()
    industry = factories.industry(name="示例选过")
    page = hands.preview("industries", industries=[industry.pk], mode="remove", why="")
    assert f'<option value="{industry.pk}" selected>示例选过</option>' in page.content.decode()
    assert {*hands.preview("industries", mode="add").context["sent"].problems} == {"value"}
    assert hands.client.get(address(Organisation, "bulk")).status_code == 302
    for bad in ({"keys": "1,x"}, {"keys": "9" * 30}, {"keys": rows[0].pk, "field": "name", "step": "preview"}):
        assert hands.client.post(address(Organisation, "bulk"), bad).status_code in (200, 302)
    monkeypatch.setattr(editing, "MOST", 2)
    assert Hands(clerk, Organisation, rows).page.status_code == 302
    assert not Organisation.objects.exclude(version=1).exists()


def test_who_may_not_change_is_not_offered_it():
    row, reader = factories.organisation(), signed_in(person("示例查阅", READER))
    sent = {"action": "edit_field", "_selected_action": [row.pk]}
    assert reader.post(address(Organisation, "changelist"), sent).status_code in (302, 403)
    sent = {"step": "confirm", "keys": row.pk, "field": "region", "region": "x", "why": "x"}
    for model in (model for model, page in MODELS.items() if hasattr(page, "bulk_view")):
        assert reader.post(address(model, "bulk"), sent).status_code == 403, model
    assert Organisation.objects.get().region == ""


def test_no_field_that_tells_rows_apart_is_offered(rf, clerk):
    request = rf.get("/")
    request.user = clerk
    for model, page in MODELS.items():
        if issubclass(model, Kept):
            offered = fields_for_many(page, request)
            own = {"name", "name_en", "title", "credit_code", "code", "state", "publish_at", "version"}
            assert own.isdisjoint(offered), model
            assert {*offered} >= {"checked_on", "doubt"}, model
    assert asking.MOST == 1000

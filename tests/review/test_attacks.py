"""Ways round the release, and ways to lose or break what waits, that somebody could try; each is closed."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from fengtai.review.pending import PendingChange
from partners.models import Level, Membership, Organisation
from tests import factories
from tests.admin.admin_pages import address
from tests.review import people
from tests.review.people import edited, signed_in
from tests.review.test_review_pages import act, cited, draft, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return people.editor()


@pytest.fixture
def reviewer():
    return people.reviewer()


@pytest.fixture
def firm():
    return cited(factories.organisation(name="示例甲公司"))


HOSTILE = ["9" * 5000, "9" * 30, "9" * 17, str(10**17), str(10**17 + 10**6), "-5", "٣" * 20, "²"]


@pytest.mark.parametrize("key", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("model", [Organisation, Membership, Level])
def test_a_key_of_nothing_that_waits_leads_nowhere(editor, model, key):
    for page in ("change", "delete", "history"):
        where = address(model, page, key)
        assert signed_in(editor).get(where).status_code in (302, 404), page
        assert signed_in(editor).post(where, {"name": "示例"}).status_code in (302, 403, 404), page


@pytest.mark.parametrize("made", [factories.level, lambda: factories.honour(organisation=None, printed="示例")])
def test_what_has_no_state_is_not_submitted_without_a_change(editor, made):
    assert edited(editor, made(), _submit="1").status_code == 302
    assert not PendingChange.objects.exists()


def test_whoever_may_change_a_part_alone_does_not_submit_its_record():
    clerk = get_user_model().objects.create_user("示例员工", password="x", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="change_membership"))
    row = factories.membership(organisation=factories.organisation(state="draft"))
    edited(clerk, row, _submit="1")
    row.organisation.refresh_from_db()
    assert row.organisation.state == "draft"


@pytest.mark.parametrize("at", ["9999-12-31T23:59", "9999-12-31T20:00Z", "9999-12-31T23:59-23:59", "0001-01-01T00:00"])
def test_a_time_that_no_clock_shows_is_refused(editor, reviewer, firm, at):
    change, made = submitted(editor, firm, address="示例路1号"), draft(editor)
    for target in (change, made):
        act(reviewer, target, "schedule", at=at, accepted="1")
    made.refresh_from_db()
    change.refresh_from_db()
    assert (made.state, change.state) == ("review", PendingChange.State.SUBMITTED)
    assert signed_in(reviewer).get(reverse("review")).status_code == 200

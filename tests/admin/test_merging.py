"""Two records merged and two again in the admin: in few clicks, with a word for whatever is wrong."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from fengtai.records.trail.acting import Act, Way
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.merges import Merge, PairDecision
from fengtai.review.merging.merging import merge as perform
from fengtai.review.releasing import release
from fengtai.review.roles import PROGRAMME_OFFICE, READER, REVIEWER
from fengtai.review.terms import Terms
from partners.models import Membership, Organisation
from tests import factories
from tests.admin.admin_pages import address, errors_of, form_data
from tests.review.people import person, review_of, signed_in
from tests.review.test_merging import dump, fresh

pytestmark = pytest.mark.django_db
KIND = "partners.organisation"
CHANGED = {READER: ["change"], PROGRAMME_OFFICE: []}  # the office may see whom to call


@pytest.fixture
def by():
    return person("示例编辑")


@pytest.fixture
def pair():
    one = factories.organisation(name="示例甲有限公司")
    factories.membership(organisation=one, level=factories.level())
    factories.organisation_name(organisation=one, name="示例甲", kind="short")
    return one, factories.organisation(name="示例甲", address="示例路2号")


class Clicks:
    """A person without a script: every request is a click."""

    def __init__(self, user):
        self.client, self.count = signed_in(user), 0

    def get(self, where: str):
        return self._answer(self.client.get(where, follow=True))

    def send(self, page, act: str = "", **said):
        """The form of a page with the button `act`, sent as a browser does."""
        form = next(
            form for form in re.findall(r"<form.*?</form>", page.content.decode(), re.S) if f'value="{act}"' in form
        )
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        fields |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)"\s+checked', form))
        return self._answer(self.client.post(page.request["PATH_INFO"], fields | {"act": act} | said, follow=True))

    def _answer(self, answer):
        self.count += 1
        assert answer.status_code == 200
        return answer


def test_two_records_are_merged_and_undone_in_six_clicks_each(by, pair):
    one, other = pair
    before, clicks = dump(), Clicks(by)
    listed = clicks.get(reverse("merge"))
    assert [(line.one, line.other) for line in listed.context["lines"]] == [(one, other)]
    side_by_side = clicks.get(reverse("merge_pair", args=[KIND, one.pk, other.pk]))
    done = clicks.send(clicks.send(side_by_side, "preview"), "merge", why="示例同一")
    merge = Merge.objects.get()
    assert (done.request["PATH_INFO"], merge.is_done, clicks.count) == (reverse("merge_done", args=[merge.pk]), True, 4)
    assert (fresh(one).address, fresh(other).merged_into) == ("示例路2号", one)
    assert {*TrailEntry.objects.filter(act=Act.CHANGED).values_list("way", "why")} == {(Way.MERGE, "示例同一")}
    clicks.count = 0
    clicks.get(f"{reverse('merge')}?show=done")
    page = clicks.get(reverse("merge_done", args=[merge.pk]))
    assert page.context["may_undo"]
    clicks.client.post(page.request["PATH_INFO"], {"why": "示例不同"})
    assert clicks.count + 2 <= 6 and dump() == before and fresh(merge).is_undone  # one unfolds the form, one sends it


def test_a_pair_is_remembered_as_different_and_comes_again_once_taken_back(by, pair):
    client, where = signed_in(by), reverse("merge_pair", args=[KIND, *(one.pk for one in pair)])
    client.post(where, {"act": "different", "why": "示例两家"})
    decision = PairDecision.objects.get()
    assert (decision.verdict, decision.by, decision.why) == ("different", by, "示例两家")
    assert client.get(reverse("merge")).context["lines"] == []
    assert [line.decision for line in client.get(f"{reverse('merge')}?show=decided").context["lines"]] == [decision]
    client.post(reverse("merge_take_back", args=[decision.pk]))
    assert len(client.get(reverse("merge")).context["lines"]) == 1


def test_what_became_another_is_in_no_list_and_its_page_says_where_it_went(by, pair):
    one, other = pair
    client = signed_in(by)
    opened = form_data(client.get(address(Organisation, "change", other.pk)))
    where = reverse("merge_pair", args=[KIND, one.pk, other.pk])
    seen = client.post(where, {"act": "preview"}).context["seen"]
    assert client.post(where, {"act": "merge", "why": "示例", "seen": seen}).status_code == 302
    listed = client.get(address(Organisation, "changelist")).content.decode()
    assert {*re.findall(r"/organisation/(\d+)/change/", listed)} == {str(one.pk)}
    page = client.get(address(Organisation, "change", other.pk))
    assert page.context["is_merged"] and not page.context["has_change_permission"]
    late = client.post(address(Organisation, "change", other.pk), opened | {"address": "示例路3号"})
    assert late.status_code == 200 and errors_of(late)["__all__"][0].startswith("这里没有保存")
    chosen = client.get(address(Membership, "add"))
    answer = client.post(
        address(Membership, "add"), form_data(chosen) | {"organisation": other.pk, "level": factories.level().pk}
    )
    assert list(errors_of(answer)) == ["organisation"]
    twice = client.post(where, {"act": "merge", "why": "示例", "seen": seen})
    assert twice["Location"] == reverse("merge_done", args=[Merge.objects.get().pk])


def test_what_changed_since_it_was_looked_over_is_shown_again(by, pair):
    one, other = pair
    client, where = signed_in(by), reverse("merge_pair", args=[KIND, one.pk, other.pk])
    seen = client.post(where, {"act": "preview"}).context["seen"]
    other.address = "示例路3号"
    other.save()
    answer = client.post(where, {"act": "merge", "why": "示例", "seen": seen})
    assert answer.status_code == 200 and answer.context["why"] == "示例" and not Merge.objects.exists()
    assert client.post(where, {"act": "merge", "why": "示例", "seen": answer.context["seen"]}).status_code == 302


@pytest.mark.parametrize("bad", ["0", "99999999999999999999", "x", "%00", "1e3", "٣"])
def test_an_address_that_names_no_pair_is_told(by, pair, bad):
    client, key = signed_in(by), pair[0].pk
    for where in (
        f"/admin/merge/{KIND}/{key}/{bad}/",
        f"/admin/merge/{KIND}/{bad}/",
        f"/admin/merge/done/{bad}/",
        f"/admin/merge/{KIND}/{key}/{key}/",
    ):
        assert client.get(where, follow=True).redirect_chain[-1][0] == reverse("merge")
    assert client.post(f"/admin/merge/decided/{bad}/take-back/").status_code == 403
    assert client.get(f"/admin/merge/{bad}/1/2/").status_code == 404
    assert client.get(f"/admin/merge/?show={bad}&kind={bad}&page={bad}").status_code == 200
    hostile = {"act": "merge", "stays": bad, "kind": bad, "why": "\x00", "seen": bad, "choice-x": bad}
    where = f"/admin/merge/{KIND}/{key}/{pair[1].pk}/"
    assert client.post(where, hostile).status_code == 200 and not Merge.objects.exists()
    assert client.get(f"/admin/merge/{KIND}/{key}/?other={bad}").status_code == 200


def test_only_who_may_change_both_sees_the_pages(pair):
    one, other = pair
    reader = User.objects.create_user("示例查阅", password="x", is_staff=True)
    for page in (reverse("merge"), reverse("merge_pair", args=[KIND, one.pk, other.pk])):
        assert Client().get(page).status_code == 302
        assert signed_in(reader).get(page).status_code == 403
    assert signed_in(reader).get(reverse("merge_with", args=[KIND, one.pk])).status_code == 403


def test_the_trail_tells_of_citations_that_moved_and_nobody_reads_whom_to_call(by, pair, published):
    one, other = (factories.organisation(name=name) for name in ("示例丙", "示例丁"))
    factories.citation(other)
    factories.contact(organisation=other, name="示例某某")
    merge = perform(one, other, by=by, why="示例同一")
    for state in ("submitted", "released"):
        for who in CHANGED:
            client = signed_in(person(f"{state}{who}", who))
            asked = [reverse("trail"), f"{reverse('trail')}?format=csv", review_of(merge.change)]
            asked += [address(Organisation, page, one.pk) for page in ("history", *CHANGED[who])]
            for where in asked:
                answer = client.get(where)
                text = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert (answer.status_code, "示例某某" in text.decode()) == (200, False)
        if state == "submitted":
            release(merge.change, Terms(by=person("示例审核", REVIEWER), accepted=True))

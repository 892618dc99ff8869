"""Deleting in the admin: whatever would go with a record needs its own right, and is named to those who may see it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from fengtai.records.models import Citation
from partners.models import Contact, Membership, Organisation
from projects.models import Party
from tests import factories
from tests.admin.admin_pages import address, form_data, formset_of

pytestmark = pytest.mark.django_db


def staff_with(client, *codes):
    person = User.objects.create_user("示例员工", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(person)
    return client


def hung_below(model):
    """Rows without an admin page of their own, and the record that they go with."""
    if model is Citation:
        found = factories.organisation(state="draft")
        return found, factories.citation(found)
    if model is Party:
        hung = factories.party(project=factories.project(state="draft"))
        return hung.project, hung
    hung = factories.contact(organisation=factories.organisation(state="draft"))
    return hung.organisation, hung


def bulk(record) -> tuple[str, dict]:
    sent = {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"}
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_changelist"), sent


@pytest.mark.parametrize("model", [Citation, Contact, Party])
def test_a_cascade_asks_the_right_of_every_model_of_which_rows_go(client, model):
    record, hung = hung_below(model)
    own = record._meta.model_name
    staff = staff_with(client, f"delete_{own}", f"view_{own}")
    for path, sent in ((address(type(record), "delete", record.pk), {"post": "yes"}), bulk(record)):
        assert staff.post(path, sent).status_code == 403
    assert model.objects.filter(pk=hung.pk).exists()
    user = User.objects.get(username="示例员工")
    user.user_permissions.add(Permission.objects.get(codename=f"delete_{model._meta.model_name}"))
    assert staff.post(address(type(record), "delete", record.pk), {"post": "yes"}).status_code == 302
    assert not type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("rights", [(), ("delete_contact",)])
def test_nobody_is_named_to_those_who_may_not_see_contacts(client, rights):
    found = factories.contact(name="示例某某", organisation=factories.organisation(state="draft")).organisation
    staff = staff_with(client, "delete_organisation", "view_organisation", *rights)
    path, sent = bulk(found)
    pages = [staff.get(address(Organisation, "delete", found.pk)), staff.post(path, {**sent, "post": ""})]
    assert [(page.status_code, "示例某某" in page.text) for page in pages] == [(200, False)] * 2
    user = User.objects.get(username="示例员工")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["view_contact", "delete_contact"]))
    assert "示例某某" in staff.get(address(Organisation, "delete", found.pk)).text


def test_a_row_deleted_on_its_parents_page_asks_the_right_of_what_hangs_below(client):
    found = factories.membership()
    factories.citation(found)
    rights = [f"{action}_{name}" for action in ("view", "change") for name in ("organisation", "membership")]
    staff = staff_with(client, *rights, "delete_membership")
    page = staff.get(address(Organisation, "change", found.organisation_id))
    gone = {**form_data(page), formset_of(page, Membership).forms[0].add_prefix("DELETE"): "on"}
    path = address(Organisation, "change", found.organisation_id)
    refused = staff.post(path, gone)
    assert (refused.status_code, Membership.objects.count()) == (200, 1)
    assert str(Citation._meta.verbose_name) in formset_of(refused, Membership).non_form_errors()[0]
    user = User.objects.get(username="示例员工")
    user.user_permissions.add(Permission.objects.get(codename="delete_citation"))
    again = {**form_data(staff.get(path)), formset_of(page, Membership).forms[0].add_prefix("DELETE"): "on"}
    assert staff.post(path, again).status_code == 302
    assert Membership.objects.count() == 0

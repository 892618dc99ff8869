"""People with the rights that the roles give, and what they send."""

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from fengtai.review.roles import PROGRAMME_OFFICE, REVIEWER, group_of
from tests.admin.admin_pages import address, form_data


def person(name: str, role: str = ""):
    """Without a role they may do everything."""
    users = get_user_model().objects
    if not role:
        return users.create_superuser(name, password="x")
    made = users.create_user(name, password="x", is_staff=True)
    made.groups.add(group_of(role))
    return made


def editor(name: str = "示例编辑"):
    return person(name, PROGRAMME_OFFICE)


def reviewer(name: str = "示例审核"):
    return person(name, REVIEWER)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def edited(user, record, **values):
    """Through the form, as a browser sends it."""
    where = address(type(record), "change", record.pk)
    client = signed_in(user)
    return client.post(where, form_data(client.get(where)) | values)


def review_of(target, page: str = "review_page") -> str:
    kind = "change" if target._meta.model_name == "pendingchange" else target._meta.label_lower
    return reverse(page, args=[kind, target.pk])

"""Editors and reviewers with the rights that the two groups give, and what they send."""

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from fengtai.review.groups import EDITORS, REVIEWERS, group_named, make_groups
from tests.admin.admin_pages import address, form_data


def person(name: str, group: str = ""):
    """In no group they may do everything."""
    users = get_user_model().objects
    if not group:
        return users.create_superuser(name, password="x")
    make_groups()
    made = users.create_user(name, password="x", is_staff=True)
    made.groups.add(group_named(group))
    return made


def editor(name: str = "示例编辑"):
    return person(name, EDITORS)


def reviewer(name: str = "示例审核"):
    return person(name, REVIEWERS)


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

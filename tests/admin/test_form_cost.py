"""A change form asks the database no more for many rows than for one, and shows every link by its name."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Membership
from tests import factories
from tests.admin.admin_pages import address, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("示例管理员"))
    return client


def organisation(rows: int):
    found = factories.organisation(name=f"示例单位{rows}")
    for number in range(rows):
        level, chain = factories.level(code=f"level-{number}", name=f"示例级{number}"), factories.industry()
        roster = factories.roster(title=f"示例名单{number}")
        factories.membership(organisation=found, level=level, roster=roster, chain=chain)
        factories.honour(organisation=found, roster=roster, title=f"示例荣誉{number}")
        factories.organisation_name(organisation=found, name=f"示例别名{number}")
        factories.citation(found, source=factories.source(title=f"示例来源{number}"))
        found.industries.add(chain)
    return found


def project(rows: int):
    found = factories.project(title=f"示例项目{rows}")
    for number in range(rows):
        factories.party(project=found, organisation=factories.organisation(name=f"示例签约方{number}"), printed="")
        factories.citation(found, source=factories.source(title=f"示例来源{number}"))
    return found


@pytest.mark.parametrize("made", [organisation, project])
def test_a_form_asks_no_more_for_three_rows_of_each_kind_than_for_one(staff, made):
    asked = []
    for found in (made(1), made(3)):
        path = address(type(found), "change", found.pk)
        staff.get(path)  # keys of content types are looked up once
        with CaptureQueriesContext(
            connection,
        ) as queries:
            staff.get(path)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 23


def chosen(page, name: str) -> list[str]:
    select = re.search(rf'<select name="{name}".*?</select>', page.content.decode(), re.DOTALL)[0]
    return re.findall(r"<option[^>]* selected[^>]*>(.*?)</option>", select)


def test_links_are_shown_by_the_names_of_what_they_lead_to(staff):
    found = organisation(2)
    page = staff.get(address(type(found), "change", found.pk))
    assert sorted(chosen(page, "industries")) == sorted(str(one) for one in found.industries.all())
    for number, one in enumerate(found.memberships.all()):
        for name in ("level", "roster", "chain"):
            assert chosen(page, f"memberships-{number}-{name}") == [str(getattr(one, name))]
    assert chosen(page, "memberships-__prefix__-level") == []


def test_a_link_that_was_typed_anew_is_shown_as_typed_where_the_form_is_refused(staff):
    found, other = organisation(1), factories.level(code="other", name="示例别级")
    path = address(type(found), "change", found.pk)
    industries = [factories.industry(name="示例新产业").pk]
    sent = form_data(staff.get(path)) | {"name": "", "memberships-0-level": other.pk, "industries": industries}
    page = staff.post(path, sent)
    assert page.status_code == 200
    assert chosen(page, "memberships-0-level") == ["示例别级"]
    assert chosen(page, "industries") == ["示例新产业"]
    assert Membership.objects.get(organisation=found).level.code == "level-0"

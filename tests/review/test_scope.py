"""Whose a row is: asked of one row and of many it is the same, and follows from what its record declares."""

import pytest
from django.contrib.auth import get_user_model

from fengtai.records.models import Source
from fengtai.review.roles import REVIEWER, STATISTICS, WORK_GROUP, group_of
from fengtai.review.scope import in_scope, may_add, may_change, outside
from fengtai.review.whose import sentence
from indicators.models import Indicator
from partners.models import Organisation
from tests import factories
from tests.review.kept_rows import is_kept, rows_in
from tests.review.people import clerk, editor, person

pytestmark = pytest.mark.django_db


def again(user):
    return get_user_model().objects.get(pk=user.pk)


def answers(user, one) -> set[bool]:
    """To the three forms of the one question."""
    model = type(one)
    many = in_scope(user, model._base_manager.filter(pk=one.pk)).exists()
    return {many, may_change(user, one), not outside(user, [(model, one.pk)])}


def test_a_clerk_keeps_what_stands_in_an_industry_of_their_work_group():
    own, other = factories.industry(), factories.industry()
    user = clerk(own)
    for industry, theirs in ((own, True), (other, False), (None, False)):
        for model, one in rows_in(industry).items():
            assert answers(user, one) == {theirs and is_kept(one)}, (model._meta.label, industry)
    assert answers(editor(), one) == answers(None, one) == answers(person("示例管理员"), one) == {True}


def test_any_of_several_industries_is_enough_and_a_withdrawn_group_keeps_nothing():
    own, other = factories.industry(), factories.industry()
    user, record = clerk(own), factories.organisation()
    record.industries.set([own, other])
    assert answers(user, record) == {True}
    own.state = "withdrawn"
    own.save()
    assert answers(again(user), record) == {True}  # its records want moving
    group = user.work_groups.get()
    project = factories.project(work_group=group)
    assert answers(again(user), project) == {True}
    type(group).objects.filter(pk=group.pk).update(state="withdrawn")
    assert answers(again(user), project) == answers(again(user), record) == {False}


def test_another_role_lifts_the_limit_for_the_models_that_it_writes():
    user, indicator, record = clerk(), factories.indicator(), factories.organisation()
    assert [may_add(user, model) for model in (Source, Organisation, Indicator)] == [True, False, False]
    user.groups.add(group_of(STATISTICS), group_of(REVIEWER))
    assert answers(again(user), indicator) == {True}
    assert answers(again(user), record) == {False}  # reviewers release it, and type nothing
    user.groups.remove(group_of(WORK_GROUP))
    assert answers(again(user), record) == {True}  # no clerk any more: what roles give is asked elsewhere


def test_a_source_is_its_authors_until_it_is_published():
    user = clerk()
    draft = Source(title="示例草稿", kind="news", state="draft")
    draft._history_user = user
    draft.save()
    assert answers(user, draft) == {True}
    assert answers(user, factories.source(state="draft")) == {False}
    draft.state = "published"
    draft.save()
    assert answers(user, draft) == {False}


def test_it_is_said_whose_a_row_is():
    own = factories.industry(name="示例产业")
    user = clerk(own)
    record = factories.organisation(name="示例单位")
    assert sentence(record) == "“示例单位”不属于任何产业，由计划办公室维护。"
    assert sentence(own) == "“示例产业”由计划办公室维护。"
    record.industries.add(own)
    assert sentence(factories.organisation_name(organisation=record)) == (
        "“示例单位”属于示例产业，由示例专员所在工作营维护。"
    )
    user.work_groups.get().industries.clear()
    assert sentence(record) == "“示例单位”属于示例产业，由计划办公室维护。"

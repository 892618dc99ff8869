"""A form that says it has more rows than it sent is told to be incomplete, and costs no more than one that has none."""

import pytest

from tests import factories
from tests.admin.admin_pages import address, form_data
from tests.admin.test_hostile_values import owner, staff  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", ["22", "1999", "9" * 30])
def test_rows_that_were_not_sent_are_not_made(staff, count):  # noqa: F811
    path = address(factories.Organisation, "change", factories.organisation().pk)
    form = form_data(staff.get(path))
    total = next(name for name in form if name.endswith("-TOTAL_FORMS"))
    answer = staff.post(path, {**form, total: count, "introduction": "示例"})
    assert answer.status_code == 200
    assert factories.Organisation.objects.get().introduction == ""
    assert "页面没有完整发送" in answer.content.decode()
    assert len(answer.content) < 2 * len(staff.get(path).content)


def test_a_row_that_was_not_sent_is_told_by_itself(staff):  # noqa: F811
    path = address(factories.Organisation, "change", factories.organisation().pk)
    form = form_data(staff.get(path))
    total = next(name for name in form if name.endswith("-TOTAL_FORMS"))
    assert staff.post(path, {**form, total: "20", "introduction": "示例"}).status_code == 302

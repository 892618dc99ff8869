"""Files that no office should have sent, brought in the admin: told in a sentence, soon, and the page still works."""

import resource

import pytest

from tests.admin.imports.test_import_pages import State, page, upload
from tests.admin.test_admin import staff  # noqa: F401
from tests.workbooks.hostile import CASES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
SECONDS = 10  # of processor; what memory the reader needs is measured where it is tried by itself
REFUSED = [case for case in CASES if "read" not in case[2]]
BROUGHT = REFUSED[1 :: max(len(REFUSED) // 8, 1)]  # one in several: each is tried by itself with the reader


@pytest.mark.parametrize(("name", "made", "expected"), BROUGHT, ids=[name for name, _, _ in BROUGHT])
def test_a_hostile_upload_is_told_and_takes_nothing_down(staff, name, made, expected):  # noqa: F811
    before = [resource.getrusage(whose).ru_utime for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    batch = upload(staff, file=name, data=made())
    after = [resource.getrusage(whose).ru_utime for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    assert sum(after) - sum(before) < SECONDS
    assert batch.state == State.UNREADABLE
    assert [problem["code"] in expected for problem in batch.notes["problems"]] == [True]
    shown = page(staff, batch)
    assert batch.notes["problems"][0]["message"] in shown.content.decode()

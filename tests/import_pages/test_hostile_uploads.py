"""Files that no office should have sent, brought in the admin: told in a sentence, soon, and the page still works."""

import resource

import pytest

from tests.admin.test_admin import staff  # noqa: F401
from tests.import_pages.test_import_pages import State, page, upload
from tests.workbooks.hostile import CASES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
SECONDS, GROWTH = 10, 100_000  # kB of the site itself; the reader has its own limits
REFUSED = [case for case in CASES if "read" not in case[2]]
BROUGHT = REFUSED[1 :: max(len(REFUSED) // 8, 1)]  # one in several: each is tried by itself with the reader


@pytest.mark.parametrize(("name", "made", "expected"), BROUGHT, ids=[name for name, _, _ in BROUGHT])
def test_a_hostile_upload_is_told_and_takes_nothing_down(staff, name, made, expected):  # noqa: F811
    before, own = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, resource.getrusage(resource.RUSAGE_SELF)
    batch = upload(staff, file=name, data=made())
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < SECONDS
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_utime - own.ru_utime < SECONDS and after.ru_maxrss - own.ru_maxrss < GROWTH
    assert batch.state == State.UNREADABLE
    assert [problem["code"] in expected for problem in batch.notes["problems"]] == [True]
    shown = page(staff, batch)
    assert batch.notes["problems"][0]["message"] in shown.content.decode()

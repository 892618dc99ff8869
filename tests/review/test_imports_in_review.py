"""What one import made waits as one thing: a way to it alone, and its release together."""

import pytest
from django.urls import reverse

from fengtai.admin.desk.of_work import OF_WORK
from fengtai.admin.desk.queues import standing
from fengtai.importing.taking import steps
from fengtai.records.models import Record
from partners.models import Organisation
from tests import factories
from tests.admin.test_admin import staff  # noqa: F401
from tests.importing.import_steps import received, saved

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def batch(tmp_path):
    rows = [["单位名称"], ["示例甲公司"], ["示例乙公司"]]
    batch = received("organisations", saved(tmp_path / "示例名录.xlsx", ("名录", rows)))
    assert steps.commit(batch)
    return batch


def lines(response) -> list[str]:
    return [line["name"] if isinstance(line, dict) else line.name for line in response.context["lines"]]


def test_the_queue_shows_the_records_of_one_import_alone(staff, batch):  # noqa: F811
    factories.organisation(name="示例丙公司", state=Record.State.REVIEW)
    queue = reverse("review")
    assert sorted(lines(staff.get(queue))) == ["示例丙公司", "示例乙公司", "示例甲公司"]
    shown = staff.get(queue, {"import": batch.pk})
    assert sorted(lines(shown)) == ["示例乙公司", "示例甲公司"]
    assert [key for key, _batch in shown.context["imports"]] == [str(batch.pk)]
    assert lines(staff.get(queue, {"import": "9" * 30})) == lines(staff.get(queue))


def test_its_page_leads_there_until_all_is_released(staff, batch):  # noqa: F811
    address, way = reverse("admin:import_batch", args=[batch.uuid]), f"?import={batch.pk}"
    assert way in staff.get(address).content.decode()
    Organisation.objects.update(state=Record.State.PUBLISHED)
    assert way not in staff.get(address).content.decode()
    assert staff.get(reverse("review")).context["imports"] == []


def test_the_desk_names_the_import_and_not_each_record(staff, batch):  # noqa: F811
    (queue,) = [queue for queue in OF_WORK if queue.name == "imports-to-review"]
    user = staff.get(reverse("admin:index")).context["user"]
    assert [one.count for one in standing(queue.groups(user))] == [1]
    assert "示例名录.xlsx" in staff.get(reverse("admin:index")).content.decode()

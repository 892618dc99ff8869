"""The command's contract where it was once broken: one JSON object and an exit code, whatever comes."""

import pytest
from django.core.files import File
from django.core.management import CommandError, call_command
from django.db import connection
from openpyxl import load_workbook

from fengtai.importing.taking import steps
from fengtai.importing.taking.handing_back import returned_file
from fengtai.lists.site import page_of
from fengtai.records.models import ImportBatch
from partners.models import Organisation
from tests.importing.import_steps import run

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def csv(tmp_path):
    def save(text):
        path = tmp_path / "示例名录.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return save


def test_a_csv_is_committed(csv):
    status, result = run("organisations", csv("单位名称,地址\n示例甲,示例路1号\n"), "--commit")
    assert (status, result["problems"], result["state"]) == (0, [], "committed")
    assert Organisation.objects.get(name="示例甲").address == "示例路1号"


def test_a_kept_csv_is_returned_with_its_marks(csv):
    path = csv("单位名称,信用代码\n示例甲,12\n")
    with path.open("rb") as file:
        batch = steps.receive(page_of("organisations"), File(file, path.name))
    steps.preview(batch)
    returned = path.with_suffix(".xlsx")
    returned.write_bytes(returned_file(batch))
    sheet = load_workbook(returned).active
    assert (sheet["C1"].value, sheet["C2"].value[:2]) == ("错误说明", "B:")
    assert sheet["B2"].comment is not None


def test_an_unknown_user_is_told_before_anything_is_kept(csv):
    status, result = run("organisations", csv("单位名称\n示例甲\n"), "--commit", "--by", "nobody")
    assert (status, result["problems"][0]["code"]) == (2, "unknown_user")
    assert not ImportBatch.objects.exists()


def test_a_marked_file_that_cannot_be_written_is_told(csv, tmp_path):
    nowhere = str(tmp_path / "nowhere" / "returned.xlsx")
    status, result = run("organisations", csv("单位名称\n示例甲\n"), "--commit", "--returned", nowhere)
    assert (status, result["problems"][0]["code"]) == (2, "not_returned")
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("option", ["--map=示例", "--use=roster=示例", "--leave=roster", "--same=示例"])
def test_an_option_without_its_parts_is_a_usage_error(csv, option):
    with pytest.raises(CommandError, match="="):
        call_command("import_workbook", "organisations", csv("单位名称\n示例甲\n"), option)


def test_a_database_without_tables_is_told(csv):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partners_organisation RENAME TO elsewhere")
    status, result = run("organisations", csv("单位名称\n示例甲\n"))
    assert (status, result["problems"][0]["code"]) == (2, "database")

"""What the platform exports it also reads: every list's own file, brought back unchanged, changes nothing."""

from itertools import product

import pytest
from django.db.models import QuerySet
from django.utils.translation import override

from fengtai.importing.planning.planning import plan
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.files import read_file
from fengtai.importing.reading.list_imports import list_import
from fengtai.lists.site import site_lists
from partners.models import Organisation
from tests import factories

LISTS = [page.name for page in site_lists()]
pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


def downloaded(client, tmp_path, name: str, extension: str, prefix: str = ""):
    response = client.get(f"{prefix}/{name}/?format={extension}")
    path = tmp_path / f"{name}.{extension}"
    path.write_bytes(b"".join(response.streaming_content))
    return path


def planned(name: str, path, answers: Answers | None = None):
    declared = list_import(next(page for page in site_lists() if page.name == name).table)
    return plan(declared, read_file(path, declared), answers)


def said(found) -> list[str]:
    return [f"{problem.row} {problem.heading}: {problem.message}" for problem in found.all_problems()]


@pytest.mark.parametrize("name", LISTS)
def test_a_download_brought_back_changes_nothing(client, report, tmp_path, subtests, name):
    factories.LIST_ROWS[name]()
    for extension, prefix, reader in product(("xlsx", "csv"), ("", "/en"), ("zh-hans", "en")):
        with subtests.test(extension=extension, prefix=prefix, reader=reader):
            path = downloaded(client, tmp_path, name, extension, prefix)
            with override(reader):  # a command and a worker speak the site's language, whatever the file's
                found = planned(name, path)
            assert said(found) == []
            read = found.counts()["read"]
            assert read > 0
            assert found.counts() == {"read": read, "new": 0, "changed": 0, "same": read, "refused": 0}


UNSHOWN = [chr(code) for code in (*range(1, 32), 0x7F, 0x85, 0x9F, 0x2028, 0x202E, 0xFFFE)]
TEXTS = [
    "示例",
    "同上",
    "〃",
    "长" * 40_000,
    "NULL",
    "#REF!",
    "1.38E+10",
    "0012",
    "/",
    "2024-03-01",
    *(f"甲{c}乙" for c in UNSHOWN),
]


def test_whatever_a_record_says_comes_back_as_no_change(client, tmp_path):
    """Records may say what no row of a clerk's may: 同上, a text longer than a cell, characters that nobody sees."""
    for number, text in enumerate(TEXTS):
        row = factories.organisation(name=f"示例{number}")
        QuerySet(Organisation).filter(pk=row.pk).update(introduction=text)  # as an older release let it in
    for extension in ("xlsx", "csv"):
        found = planned("organisations", downloaded(client, tmp_path, "organisations", extension))
        assert (said(found), found.counts()["same"]) == ([], len(TEXTS)), extension

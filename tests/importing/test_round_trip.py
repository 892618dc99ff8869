"""What the platform exports it also reads: every list's own file, brought back unchanged, changes nothing."""

from itertools import product

import pytest
from django.core.management import call_command
from django.utils.translation import override

from fengtai.importing.planning.planning import plan
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.files import read_file
from fengtai.importing.reading.list_imports import list_import
from fengtai.lists.site import site_lists
from tests import factories

LISTS = [page.name for page in site_lists()]
pytestmark = pytest.mark.django_db


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
def test_a_download_brought_back_changes_nothing(client, tmp_path, subtests, name):
    call_command("loaddata", "report_2024", verbosity=0)
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

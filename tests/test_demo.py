"""The invented district: the same each time, none of it to be taken for real, never among what is real."""

import ast
import io
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from fengtai.records.unread_rows import unread_rows
from fengtai.review.corrections.models import Correction
from indicators.models import Observation
from partners.models import Conference, Membership, Organisation, Policy, Roster
from projects.models import Amount, Place, Project
from projects.models.stages import FUND_PATH, PATH
from tests import factories
from tests.bench.own_database import NAMED
from tests.demo.building import write_rows
from tests.demo.corrections import report_and_answer
from tests.demo.folder import HoldsOthers, claim
from tests.demo.programme import LEAVE
from tests.review.people import person
from tests.sites import environment

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = "示例数据"
MADE_OF = [
    *(ROOT / "tests/demo").glob("*.py"),
    *(ROOT / "tests/bench" / f"{name}.py" for name in ("words", "writing", "organisations")),
]
INSTALLED = {"django", "openpyxl", "pypinyin", "stdnum", "fengtai", "partners", "projects", "indicators", "tests"}


@pytest.fixture
def district(db):
    return write_rows()


def test_the_district_is_whole(district):
    """One long look, since making it costs seconds: three editions, every stage, several currencies, vintages, gaps."""
    connection.check_constraints()
    on_file = dict(Roster.objects.with_counts().values_list("title", "on_file"))
    assert [on_file[f"示例发展伙伴（{year}）"] for year in (2022, 2023, 2024)] == [306, 456, 600]
    assert [on_file[f"示例链长单位（{year}）"] for year in (2022, 2023, 2024)] == [24, 41, 65]
    changes = Membership.objects.public().compare(date(2023, 4, 1), date(2024, 4, 23))
    assert (len(changes.joined), len(changes.left)) == (600 - 456 + LEAVE[2024], LEAVE[2024])
    assert len(changes.promoted) > 10
    staged = set(Project.objects.with_stage().exclude(kind="fund").values_list("current_stage", flat=True))
    funds = set(Project.objects.with_stage().filter(kind="fund").values_list("current_stage", flat=True))
    assert (staged, funds) == ({*PATH}, {*FUND_PATH})
    assert {*Amount.objects.values_list("figure_unit", flat=True)} == {"元", "美元", "港元", ""}
    assert {*Project.objects.values_list("status", flat=True)} == {*Project.Status.values, ""}
    assert {*Observation.objects.values_list("vintage", flat=True)} == {*Observation.Vintage.values, ""}
    assert {"exact", "about", "more_than", "nearly", "at_least"} <= {
        *Observation.objects.values_list("value_bound", flat=True)
    }
    for model in (Organisation, Place, Amount):
        assert model.objects.filter(unread_rows(model)).exists()
    for model, field in NAMED.items():
        assert not model.objects.exclude(**{f"{field}__startswith": "示例"}).exclude(**{field: ""}).exists(), model
    for model in (Organisation, Conference, Place, Project, Policy):
        in_english = model.objects.exclude(name_en="")
        assert in_english.count() > model.objects.count() / 2, model
        assert not in_english.exclude(name_en__startswith="Example").exists(), model


def test_reports_of_readers_wait_are_answered_and_are_published(district, client):
    report_and_answer(person("示例办公室"))
    states = Counter(Correction.objects.values_list("state", flat=True))
    assert states == {"received": 4, "looking": 1, "corrected": 2, "not-taken": 1, "duplicate": 1}
    assert not Correction.objects.exclude(address="/en/").filter(label="").exists()
    assert "所在区已按登记信息更正" in client.get("/corrections/").text


def test_the_same_seed_gives_the_same_rows(db, monkeypatch):
    monkeypatch.setattr("tests.demo.world.World.write", lambda world: None)
    first, again, other = (write_rows(seed).rows for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_it_is_made_with_what_the_site_itself_needs():
    used = set()
    for node in (node for path in MADE_OF for node in ast.walk(ast.parse(path.read_text("utf-8")))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) else []
        used |= {name.partition(".")[0] for name in names}
    assert used - INSTALLED - sys.stdlib_module_names == set()


def test_only_an_empty_folder_or_its_own_is_taken(tmp_path):
    own, others = tmp_path / "own", tmp_path / "others"
    claim(own)
    (own / "db.sqlite3").touch()
    claim(own)
    assert (own / "db.sqlite3").exists()
    (own / "demo").write_text("made by an older one")
    claim(own)
    assert [path.name for path in own.iterdir()] == ["demo"]
    others.mkdir()
    (others / "db.sqlite3").write_text("real")
    with pytest.raises(HoldsOthers):
        claim(others)
    assert (others / "db.sqlite3").read_text() == "real"


START = ("demo", ["manage.py", "start"], "示例数据", "holds invented rows")
SAMPLED = ("db.sqlite3", ["-m", "tests.demo"], "未作任何改动", "nothing was changed")


@pytest.mark.parametrize(("there", "command", "chinese", "english"), [START, SAMPLED])
def test_neither_start_takes_the_folder_of_the_other(tmp_path, there, command, chinese, english):
    (tmp_path / there).touch()
    (tmp_path / "secret_key").write_text("示例")
    done = subprocess.run(
        [sys.executable, *command, "--prepare-only"],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert all(said in done.stderr for said in (chinese, english, "make demo"))
    assert {path.name for path in tmp_path.iterdir()} - {"progress"} == {there, "secret_key"}
    assert os.stat(tmp_path / there).st_size == 0


@pytest.mark.parametrize("path", ["/", "/en/", "/partners/", "/nowhere/", "/partners/?nonsense=1", "/admin/login/"])
@pytest.mark.parametrize("is_sample", [True, False])
def test_every_page_says_whether_its_rows_are_invented(db, settings, path, is_sample):
    settings.DEMO = is_sample
    response = Client().get(path)
    assert response.content.decode().count(SAMPLE) == is_sample
    assert response.headers.get("X-Robots-Tag") == ("noindex, nofollow" if is_sample else None)


def test_a_form_that_was_refused_says_so_too(db, settings):
    settings.DEMO = True
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {})
    assert (response.status_code, response.content.decode().count(SAMPLE)) == (403, 1)


def test_a_file_says_so_in_its_name_and_on_its_second_sheet(client, db, settings):
    factories.partner()
    names = []
    for settings.DEMO in (True, False):
        response = client.get("/partners/?format=xlsx")
        names.append("filename*=utf-8''%E7%A4%BA%E4%BE%8B_" in response["Content-Disposition"])
        book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
        assert (book.worksheets[1]["A1"].value == SAMPLE) is settings.DEMO
    assert names == [True, False]


def test_the_folder_itself_says_what_the_settings_do():
    assert django_settings.DEMO is (django_settings.DATA_DIR / "demo").exists() is False

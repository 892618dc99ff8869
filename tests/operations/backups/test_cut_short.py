"""A restore that was cut short: no other backup finishes it, and nothing that it did not put there is touched."""

import json
from pathlib import Path

import pytest

from fengtai.operations.backups import databases
from fengtai.operations.backups.marks import Mark
from fengtai.records.models import Source
from tests.operations.backups.conftest import KEY, files_of, resealed, rows_of
from tests.operations.backups.test_backing_up import told
from tests.operations.backups.under_writing import Place

NAME = "attachments/sources/2024/示例 公报.txt"


@pytest.fixture
def backup(sites, site) -> Path:
    return sites.backed_up(site)


@pytest.fixture
def there(sites, backup) -> Place:
    """Where all of it stands but the last step."""
    place = sites.restored(backup, sites.new("there"))
    with sites.at(place):
        Mark.here().put(backup)
    return place


def mark_of(place: Place) -> Path:
    return place.data / "restore-unfinished"


def changed(sites, place: Place):
    """One value, and as many rows as before."""
    with sites.at(place):
        Source.objects.filter(title="示例公报").update(title="示例公报改")


@pytest.mark.parametrize("said", ["which", "where", "nothing"])
def test_no_other_backup_finishes_it(sites, site, backup, there, said):
    changed(sites, site)
    other = sites.backed_up(site)
    if said != "which":  # as of an earlier release, or of one that was killed as it wrote
        mark_of(there).write_text(json.dumps({"backup": str(backup)}) if said == "where" else "{")
    before, marked = (rows_of(there), files_of(there)), mark_of(there).read_text()
    refusal = sites.refused(there, "restore", other)
    assert (str(backup) if said == "which" else "fengtai_source") in refusal
    assert (rows_of(there), files_of(there), mark_of(there).read_text()) == (*before, marked)
    sites.restored(backup, there)
    assert (rows_of(there), files_of(there)) == before
    assert not mark_of(there).exists()


def test_the_same_backup_under_another_name_finishes_it(sites, backup, there):
    sites.restored(backup.rename(backup.with_name("elsewhere")), there)
    assert not mark_of(there).exists()


@pytest.mark.parametrize("how", ["row", "value", "file", "gone", "added", "key"])
def test_a_site_that_was_used_since_is_not_said_to_be_restored(sites, backup, there, how):
    if how == "row":
        with sites.at(there):
            Source.objects.create(title="示例其后", kind="news")
    elif how == "value":
        changed(sites, there)
    elif how == "gone":
        (there.data / NAME).unlink()
    else:
        names = {"file": NAME, "added": "attachments/示例", "key": "secret_key"}
        (there.data / names[how]).write_text("其后")
    before = rows_of(there), files_of(there)
    named = {"row": "fengtai_source", "value": "fengtai_source", "key": "secret_key"}.get(how, "files/default/")
    assert named in sites.refused(there, "restore", backup)
    assert (rows_of(there), files_of(there)) == before
    assert mark_of(there).exists()


def test_one_that_is_not_whole_is_not_finished(sites, backup, there):
    """PostgreSQL finds only in its database that rows are missing."""
    tables = told(backup / "manifest.json")["tables"]
    resealed(backup, tables={**tables, "fengtai_source": 0})
    with sites.at(there):
        Mark.here().put(backup)
    assert "fengtai_source: 0" in sites.refused(there, "restore", backup)
    assert mark_of(there).exists()


@pytest.mark.one_database
def test_a_value_that_differs_is_told_of_the_site(sites, site, backup):
    changed(sites, site)
    assert "fengtai_source" in sites.refused(site, "verify", backup, site=True)


@pytest.mark.one_database
@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize("name", ["sources/of another", "sources/2024/示例 公报.txt"])
def test_a_file_of_somebody_else_is_never_cleared(sites, backup, tmp_path, linked, name):
    there = sites.new("there")
    folder = there.data / "attachments"
    if linked:
        (tmp_path / "elsewhere").mkdir()
        folder.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text("of somebody else")
    with sites.at(there):
        Mark.here().put(backup)
    assert str(folder / name) in sites.refused(there, "restore", backup)
    assert (folder / name).read_text() == "of somebody else"
    assert rows_of(there) == {}
    (folder / name).rename(tmp_path / "moved away")
    sites.restored(backup, there)
    assert (there.data / NAME).read_text() == f"示例 {NAME}"


@pytest.mark.one_database
def test_files_that_it_had_put_there_are_kept_and_the_rest_is_added(sites, site, backup):
    there = sites.new("there")
    (there.data / NAME).parent.mkdir(parents=True)
    (there.data / NAME).write_text(f"示例 {NAME}")
    half = there.data / "attachments" / "sources" / "2024" / ".fengtai-abc.unfinished"
    half.mkdir()
    (half / "whole").write_text("hal")
    with sites.at(there):
        Mark.here().put(backup)
    number = (there.data / NAME).stat().st_ino
    sites.restored(backup, there)
    assert (rows_of(there), files_of(there)) == (rows_of(site), files_of(site))
    assert (there.data / NAME).stat().st_ino == number


@pytest.mark.one_database
def test_what_fails_takes_back_what_it_put_there_and_no_more(sites, backup, tmp_path, monkeypatch):
    there = sites.new("there")
    (there.data / "secret_key").write_text("of an earlier site")
    (tmp_path / "elsewhere" / "2024" / "05").mkdir(parents=True)
    workbook = "2024/05/名录\n甲.xlsx"

    def put_back(*_given):
        """Fails; meanwhile somebody put a file there, and a link to files of their own in the place of a folder."""
        (there.data / "attachments" / "of another").write_text("示例")
        (there.data / "imports").rename(tmp_path / "put away")
        (there.data / "imports").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        (tmp_path / "elsewhere" / workbook).write_text("示例")
        raise OSError("no more")

    with sites.at(there):
        monkeypatch.setattr(databases.database(), "put_back", put_back)
    assert "no more" in sites.refused(there, "restore", backup)
    found = {name: text.decode() for name, text in files_of(there).items()}
    others = {"attachments/of another": "示例", f"imports/{workbook}": "示例"}
    assert found == {"secret_key": "of an earlier site", **others}
    assert not mark_of(there).exists()


@pytest.mark.one_database
def test_what_stood_there_is_kept_under_names_of_their_own(sites, site):
    (site.data / "demo").write_text("示例")
    there = sites.new("there")
    before = {"secret_key": "of an earlier site", "secret_key.replaced": "of one before that", "demo": "示例二"}
    for name, text in before.items():
        (there.data / name).write_text(text)
    sites.restored(sites.backed_up(site), there)
    assert {path.name: path.read_text() for path in there.data.iterdir() if path.is_file()} == {
        "secret_key": KEY,
        "secret_key.replaced": "of one before that",
        "secret_key.replaced-2": "of an earlier site",
        "demo": "示例",
        "demo.replaced": "示例二",
    }

"""A list that nobody has thought of is added by the README's steps alone, and every contract test holds for it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent
LEFT = shutil.ignore_patterns(".git", ".venv*", "var", ".*_cache", ".hypothesis")
PYTEST = ("-m", "pytest", "-n", "0", "--assert=plain")  # quicker where pytest has not compiled all tests yet
CATALOGUE = "fengtai/locale/zh_Hans/LC_MESSAGES/django.po"
CONTRACTS = ("lists", "pages", "downloads", "admin", "records", "search", "test_architecture.py", "test_languages.py")


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """A copy of the project with one list more."""
    copy = shutil.copytree(ROOT, tmp_path_factory.mktemp("project") / "copy", ignore=LEFT)
    _run(copy, "manage.py", "add_list", "projects", "trade_fair", "trade-fairs")
    _run(copy, "manage.py", "makemigrations", "projects")
    _run(copy, "manage.py", "messages")
    return copy


def _run(copy: Path, *command: str, fails: bool = False) -> str:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DATABASE_URL"))}
    told = subprocess.run(
        [sys.executable, *command], cwd=copy, env={**own, "DATA_DIR": str(copy / "var")}, capture_output=True, text=True
    )
    assert (told.returncode != 0) == fails, told.stdout[-3000:] + told.stderr[-3000:]
    return told.stdout


def test_the_readme_names_the_command_that_was_run(tree):
    steps = (ROOT / "README.md").read_text("utf-8").partition("### Add a list")[2]
    assert re.findall(r"`manage\.py add_list [^`]+`", steps) == ["`manage.py add_list projects trade_fair trade-fairs`"]


def test_only_the_words_are_missing_and_one_sentence_says_which(tree):
    told = _run(tree, *PYTEST, "tests/test_languages.py", "-k", "has_its_chinese", fails=True)
    assert "These strings have no Chinese yet: trade fair, trade fairs" in told


def test_every_contract_test_holds_for_it(tree):
    catalogue = tree / CATALOGUE
    text = catalogue.read_text("utf-8")
    words = [("trade fair", "示例展会"), ("trade fairs", "示例展会")]
    for english, chinese in words:
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{chinese}"')
    catalogue.write_text(text, "utf-8")
    _run(tree, "manage.py", "messages")
    paths = [f"tests/{name}" for name in CONTRACTS]
    told = _run(tree, *PYTEST, *paths, "-k", "trade or architecture or catalogue")
    assert int(re.search(r"(\d+) passed", told)[1]) >= 40

"""A machine without browser, office, Redis, nginx or git: what needs them is skipped and named, and all else runs."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ANALYSIS, BROWSER, CLOCK, GIT, NAMESPACES, NGINX, OFFICE, REDIS

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = {*BROWSER, GIT, REDIS, NGINX, ANALYSIS, CLOCK, NAMESPACES, *OFFICE}
OWN = Path(__file__).stem
LONG = {"bench", "deployment", "load"}  # commands of their own, which say what they lack themselves
FILES = sorted((ROOT / "tests").rglob("*.py"))


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> str:
    """What pytest says of the tests that need a program, where none is on the path."""
    marked = [str(path) for path in FILES if re.search(r"mark\.needs\(", path.read_text("utf-8")) and path.stem != OWN]
    bare = {name: value for name, value in os.environ.items() if name not in ("TEST_EVERYTHING", "PYTEST_ADDOPTS")}
    bare = {name: value for name, value in bare.items() if not name.startswith("PYTEST_XDIST")}
    bare["PATH"] = str(tmp_path_factory.mktemp("path"))
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--assert=plain", "-n", "0"]
    command += ["-m", "needs", *marked]
    return subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True).stdout


def test_nothing_fails_and_all_that_needs_a_program_is_skipped(told):
    last = told.strip().splitlines()[-1]
    assert set(re.findall(r"\d+ (\w+)", last)) == {"skipped", "deselected"}, told


def test_it_is_said_what_was_skipped(told):
    named = set(re.findall(r"SKIPPED .*: (\S+) is not installed", told))
    assert named == PROGRAMS - {OFFICE[1], BROWSER[1]}


def test_no_test_calls_a_program_by_itself():
    """Its name stands in conftest.py, a browser's beside it, which skips the test or, where all is tested, fails it."""
    for path in FILES:
        if path.name in ("conftest.py", "browsers.py") or LONG & {*path.relative_to(ROOT).parts}:
            continue
        texts = {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)}
        assert {text for text in texts if isinstance(text, str)} & PROGRAMS == set(), path.name

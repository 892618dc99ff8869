"""The rules of the tree: imports run one way, a list is declared once, the repository speaks of the product alone."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import GIT, program

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent
SUBJECTS = ("partners", "projects", "indicators")
ROW = re.compile(r"^\| `([^`]+?)(?:/|\.py)?` \| .+ \| (.*?) ?\|$", re.MULTILINE)
ROOMS = {  # the README's table: what each room may import
    room.removeprefix("fengtai/"): set(allowed.split())
    for room, allowed in ROW.findall((ROOT / "README.md").read_text("utf-8"))
}
TOP = {"settings", "urls", "wsgi", "apps", "models"}  # what Django looks for beside the rooms
# What runs without Django: value types and search, and what reads a workbook in a child (all but its words).
GROUND = [
    *(ROOT / "fengtai/values").glob("*.py"),
    *(path for path in (ROOT / "fengtai/workbooks").glob("*.py") if path.stem != "words"),
    ROOT / "fengtai/search/pinyin.py",
    ROOT / "fengtai/search/query.py",
    ROOT / "fengtai/search/tokens.py",
]


def modules(folder: str) -> list[Path]:
    return [path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _room(name: str) -> str | None:
    """The room of a dotted module, as the README names it; None for what belongs to none."""
    parts = name.split(".")
    if parts[0] != "fengtai":
        return parts[0] if parts[0] in SUBJECTS else None
    rooms = (room for room in ROOMS if parts[1 : 1 + len(room.split("/"))] == room.split("/"))
    return max(rooms, key=len, default=None)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_the_readme_lets_it(room):
    allowed = ROOMS[room] | {room}
    paths = modules(room if room in SUBJECTS else f"fengtai/{room}")
    for path in [path for path in paths if _room(".".join(path.relative_to(ROOT).parts)) == room]:
        for name in imported(path):
            used = _room(name)
            shared = used is not None and "fengtai" in allowed and used not in SUBJECTS
            assert used is None or used in allowed or shared, f"{path.relative_to(ROOT)} imports {name}: {room} may not"


def test_the_rooms_stand_one_above_the_other():
    """The table is read from the ground up, so no two rooms can import each other."""
    above = set()
    for room, allowed in ROOMS.items():
        assert allowed - {"fengtai"} <= above, room
        above.add(room)


def test_the_readme_names_every_room():
    inside = {path.parent.relative_to(ROOT / "fengtai") for path in modules("fengtai")}
    apart = {"management", "management/commands", "templatetags", ".", "importing"}
    named = {room for room in ROOMS if room not in SUBJECTS} - TOP
    assert {path.as_posix() for path in inside} - apart == named
    assert {path.stem for path in (ROOT / "fengtai").glob("*.py")} - {"__init__"} == TOP


@pytest.mark.parametrize("room", [room for room in ROOMS if room not in {*SUBJECTS, *TOP}])
def test_a_room_says_what_it_is_for(room):
    code = (ROOT / "fengtai" / room / "__init__.py").read_text("utf-8")
    assert len(ast.get_docstring(ast.parse(code)) or "") > 30


def test_the_shared_rooms_name_no_subject():
    for path in modules("fengtai"):
        if path.name == "urls.py":
            continue
        used = {name.split(".")[0] for name in imported(path)} & set(SUBJECTS)
        assert used == set(), f"{path.relative_to(ROOT)} imports {used}"
        if path.name != "settings.py":
            named = re.findall(rf"\b(?:{'|'.join(SUBJECTS)})\b", _code_without_docstrings(path))
            assert named == [], f"{path.relative_to(ROOT)} names {named}"


def _code_without_docstrings(path: Path) -> str:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


@pytest.mark.parametrize("path", GROUND, ids=lambda path: path.stem)
def test_value_types_know_no_framework(path):
    assert not {used for used in imported(path) if used.split(".")[0] == "django"}


def test_no_view_of_a_subject_repeats_its_list():
    """One declaration per list: subjects have no views, urls, serializers or forms of their own."""
    for subject in SUBJECTS:
        assert not {path.stem for path in modules(subject)} & {"views", "urls", "serializers", "forms", "api"}


def test_requirements_are_locked_and_name_no_host():
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text("utf-8")
        assert not re.search(r"://|^-", text, re.MULTILINE), path.name
        pins = re.findall(r"^[a-z][^\n;]*", text, re.MULTILINE)
        assert pins and all("==" in pin for pin in pins)
        assert text.count("--hash=sha256:") >= len(pins)


def test_templates_hold_no_inline_script_or_style():
    for path in (ROOT / "templates").rglob("*.html"):
        text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=", text), (
            path.name
        )


@pytest.mark.needs(GIT)
def test_persons_and_machines_are_not_in_the_tree():
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone, so nobody knows which files belong to the tree")
    tracked = subprocess.run(
        [program(GIT), "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".json", ".html", ".toml", ".txt", ".csv", ".po"}:
            assert not re.search(r"/(?:home|Users)/\w|/(?:root|work)/", path.read_text("utf-8")), name

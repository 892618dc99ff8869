"""The rules of the tree: imports run one way, a list is declared once, the repository speaks of the product alone."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SUBJECTS = ("partners", "projects", "indicators")
MAY_IMPORT = {
    "partners": {"fengtai"},
    "projects": {"fengtai", "partners"},
    "indicators": {"fengtai", "partners", "projects"},
}
# The floors of the shared rooms: a module imports only from floors below its own.
FLOORS = (
    ("grammar",),
    ("workbooks",),
    ("figures", "periods", "workbook_stream", "pinyin"),
    ("search",),
    ("readings", "marking"),
    ("forms",),
    ("fields", "search_fields"),
    ("querysets", "histories", "batches", "search_index", "caching", "generation_triggers"),
    ("links",),
    ("models",),
    ("columns",),
    ("many_columns",),
    ("finding", "paging", "fillers"),
    ("choices",),
    ("tables", "filters", "revisions"),
    ("questions", "rows", "download_places"),
    ("row_html", "file_rows"),
    ("exporting",),
    ("list_pages",),
    ("detail_pages",),
    ("lists", "row_schemas", "page_cache"),
    ("openapi", "importing"),
    ("import_pages",),
    ("views", "admin", "apps"),
)
FLOOR = {name: level for level, names in enumerate(FLOORS) for name in names}
GRAMMAR = (f"grammar/{path.name}" for path in (ROOT / "fengtai/grammar").glob("*.py"))
# What reads a workbook runs in a child without Django; only its words are the reader's language.
WORKBOOKS = (f"workbooks/{path.name}" for path in (ROOT / "fengtai/workbooks").glob("*.py") if path.stem != "words")
GROUND = ("figures.py", "periods.py", "pinyin.py", "search.py", *GRAMMAR, *WORKBOOKS)


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


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_imports_only_from_those_below_it(subject):
    own = {subject, *MAY_IMPORT[subject]}
    for path in modules(subject):
        used = {name.split(".")[0] for name in imported(path)} & {"fengtai", *SUBJECTS}
        assert used <= own, f"{path.relative_to(ROOT)} imports {used - own}"


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


def test_the_shared_rooms_stand_floor_on_floor():
    for path in modules("fengtai"):
        own = path.stem if path.parent.name == "fengtai" else path.parent.name
        level = FLOOR.get(own)
        if level is None:
            continue
        for name in imported(path):
            room = name.removeprefix("fengtai.").split(".")[0] if name.startswith("fengtai.") else ""
            if room in FLOOR and room != own:
                assert FLOOR[room] < level, f"{path.name} imports {room}, which is not on a floor below"


def test_every_shared_room_has_its_floor():
    rooms = {path.stem for path in (ROOT / "fengtai").glob("*.py")} - {"__init__", "urls", "settings", "wsgi"}
    assert rooms | {"grammar", "workbooks", "importing", "import_pages"} == set(FLOOR)


@pytest.mark.parametrize("name", GROUND)
def test_value_types_know_no_framework(name):
    assert not {used for used in imported(ROOT / "fengtai" / name) if used.split(".")[0] == "django"}


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


def test_persons_and_machines_are_not_in_the_tree():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".json", ".html", ".toml", ".txt", ".csv", ".po"}:
            assert not re.search(r"/(?:home|Users)/\w|/(?:root|work)/", path.read_text("utf-8")), name

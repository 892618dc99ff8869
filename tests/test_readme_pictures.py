"""The README opens with pictures of the site: they are there, light, and in the language of their section."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MOST = 150_000  # bytes of one


def test_each_section_opens_with_three_pictures_in_its_language():
    chinese, english = README.split("\n## English\n")
    for section, language in ((chinese, "zh"), (english, "en")):
        named = re.findall(r"!\[[^\]]+\]\((docs/pictures/\S+)\)", section)
        assert named == [f"docs/pictures/{name}-{language}.webp" for name in ("home", "list", "import")]
        assert section.index(named[-1]) < section.index("```")


def test_the_pictures_are_light_and_none_lies_about_unused():
    found = sorted((ROOT / "docs" / "pictures").iterdir())
    assert [path.name for path in found if path.stat().st_size > MOST or path.read_bytes()[8:12] != b"WEBP"] == []
    assert {f"docs/pictures/{path.name}" for path in found} == set(re.findall(r"docs/pictures/\S+\.webp", README))

"""The staff guide says what stands on the screen, in ten chapters with pictures that are there, to staff alone."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real

from fengtai.admin.guide import GUIDE, PICTURES
from fengtai.review.roles import READER
from tests.review.people import person, signed_in

pytestmark = pytest.mark.one_database

TEXT = GUIDE.read_text("utf-8")
PAGE = reverse("staff_guide")
NAMED = re.findall(r"!\[[^\]]+\]\(staff-guide/([\w-]+)\.png\)", TEXT)
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]")
FILES = {"Excel", "CSV", "JSON"}  # as they are called in every language
LARGEST = 160_000  # bytes of a picture


@pytest.fixture
def reader(db):
    return signed_in(person("示例查阅", READER))


def texts_of_the_site() -> set[str]:
    """All Chinese that the catalogues of the site and of the framework can put on a screen."""
    told = (text for _key, text in trans_real.translation("zh-hans")._catalog.items() if isinstance(text, str))
    return {text.strip().rstrip("：") for text in told if text}


def test_whatever_the_guide_says_stands_on_the_screen_is_a_text_of_the_site():
    texts = texts_of_the_site()
    filled = (PLACE.split(text) for text in texts if PLACE.search(text))
    # One of a single character fits anything.
    patterns = [re.compile(".+".join(map(re.escape, parts))) for parts in filled if len("".join(parts)) > 1]
    found = re.findall(r"\*\*([^*]+)\*\*|「([^」]+)」", TEXT)
    claimed = {"".join(either).strip().rstrip("：") for either in found}
    unknown = {text for text in claimed - texts - FILES if not any(each.fullmatch(text) for each in patterns)}
    assert unknown == set()


def test_ten_chapters_are_read_in_both_languages_with_their_pictures(reader):
    for prefix in ("", "/en"):
        page = reader.get(prefix + PAGE)
        html = page.content.decode()
        assert len(page.context["chapters"]) == TEXT.count("\n## ") == 10
        assert re.findall(r'src="pictures/([\w-]+)\.png"', html) == NAMED
        assert ("The guide is in Chinese" in html) == bool(prefix)


def test_every_picture_named_is_there_and_every_picture_there_is_named():
    kept = {path.stem: path.stat().st_size for path in PICTURES.iterdir()}
    assert kept.keys() == {*NAMED} and len(NAMED) == len({*NAMED})
    assert [name for name, size in kept.items() if size > LARGEST] == []


def test_guide_and_pictures_are_for_staff_alone(reader):
    for name in NAMED:
        address = reverse("staff_guide_picture", args=[name])
        answer = reader.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert b"".join(answer.streaming_content)[:8] == b"\x89PNG\r\n\x1a\n"
    assert {Client().get(where).status_code for where in (PAGE, address)} == {302}
    for name in ("nothing", "longer-than-a-file-is-called" * 20):
        assert reader.get(reverse("staff_guide_picture", args=[name])).status_code == 404


def test_every_page_of_the_admin_leads_to_the_guide(reader):
    assert f'<a href="{PAGE}">指南</a>' in reader.get(reverse("admin:index")).content.decode()

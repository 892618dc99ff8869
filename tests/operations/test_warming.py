"""A process that serves has made a page of each kind before its first reader comes."""

import json
import subprocess
import sys

import pytest

from fengtai.lists.site import site_lists
from fengtai.operations.warming import paths, warm_up
from tests.sites import ROOT, copy, environment

pytestmark = pytest.mark.one_database


def test_a_process_has_made_every_list_in_both_languages(begun_site, tmp_path):
    copy(begun_site, tmp_path / "data")
    own = environment(tmp_path / "data") | {"LOG_REQUESTS": "all", "LOG_LEVEL": "INFO", "LOG_FORMAT": "json"}
    own |= {"WARM_UP": "1", "DJANGO_SETTINGS_MODULE": "fengtai.settings", "RELEASE_DUE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", "import fengtai.wsgi"], cwd=ROOT, env=own, capture_output=True, text=True, check=True
    )
    told = [json.loads(line) for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")]
    assert [one for one in told if one["message"] == "request"] == [], "no reader asked"
    said = [one["message"] for one in told if " made beforehand: " in one["message"]]
    made = dict(one.split(" made beforehand: ") for one in said)
    assert {*made.values()} == {"200"}
    lists = {page.address for page in site_lists()}
    assert lists | {f"/en{address}" for address in lists} | {"/", "/en/", "/admin/login/"} <= made.keys()


class Answer(list):
    closed = 0

    def close(self):
        Answer.closed += 1


def test_it_stops_where_nothing_can_be_made_and_closes_what_it_asked(settings):
    settings.ALLOWED_HOSTS = ["*", ".fengtai.example"]
    asked = []

    def application(environ, start):
        asked.append(environ)
        start("200 OK" if len(asked) < 3 else "503 Service Unavailable", [])
        return Answer([b""])

    Answer.closed = 0
    warm_up(application)
    assert (len(asked), Answer.closed) == (3, 3)
    assert {environ["HTTP_HOST"] for environ in asked} == {"fengtai.example"}


def test_the_words_of_a_search_arrive_as_they_were_written():
    asked = []

    def application(environ, start):
        asked.append(environ["QUERY_STRING"].encode("latin-1").decode())
        start("200 OK", [])
        return Answer()

    warm_up(application)
    assert len(asked) == len([*paths()])
    assert "q=示例" in asked

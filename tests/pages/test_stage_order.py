"""A project's page tells the stages in the order in which it passed them, also those of which nobody states the day."""

import json
import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

LABELS = {
    "lead": "线索",
    "talks": "洽谈",
    "announced": "公布",
    "signed": "签约",
    "started": "开工",
    "producing": "投产",
}


def order(client, project) -> list[str]:
    text = client.get(project.get_absolute_url()).text
    found = re.findall(r'<li id="stages-\d+">(\w+)', text)
    told = json.loads(b"".join(client.get("/projects/?format=json").streaming_content))["rows"][0]["stages"]
    assert [text.split(" ")[0] for text in told] == found
    return found


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (
            {"signed": "", "producing": "", "talks": "2023年3月", "announced": "2023年9月", "started": "2024年1月"},
            ["talks", "announced", "signed", "started", "producing"],
        ),
        ({"producing": "", "lead": "", "signed": ""}, ["lead", "signed", "producing"]),
        # Dates go before the path; what has none stands after all that come before it there.
        ({"talks": "2024年", "signed": "2023年", "announced": ""}, ["signed", "talks", "announced"]),
        ({"signed": "2023年", "talks": ""}, ["talks", "signed"]),
    ],
)
def test_stages_stand_as_they_were_passed(client, entries, expected):
    project = factories.project(kind="industry")
    for stage, happened in entries.items():
        factories.stage_entry(project=project, stage=stage, happened=happened)
    assert order(client, project) == [LABELS[stage] for stage in expected]


def test_an_entry_that_is_held_back_orders_nothing(client):
    project = factories.project(kind="industry")
    factories.stage_entry(project=project, stage="talks", happened="2025年", held_back=True)
    factories.stage_entry(project=project, stage="started", happened="2024年")
    factories.stage_entry(project=project, stage="signed")
    assert order(client, project) == ["签约", "开工"]

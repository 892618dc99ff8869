"""A project's current stage is the furthest public entry of its log, however the log was written, and at any time."""

import json

import pytest
from django.http import QueryDict

from fengtai.lists.site import page_of
from projects.models import StageEntry
from tests import factories
from tests.lists.limits import count_to

pytestmark = pytest.mark.django_db


def shown(client, project) -> str | None:
    """As the file of the list says, which must be what the filter, the page and the sort say as well."""
    stages = {row["id"]: row["stage"] for row in json.loads(b"".join(client.get("/projects/?format=json")))["rows"]}
    asked = page_of("projects").ask(QueryDict(f"stage={stages[project.pk] or 'not-stated'}"))
    assert project.pk in asked.window.keys
    assert client.get(project.get_absolute_url()).context["record"].current_stage == (stages[project.pk] or "")
    return stages[project.pk]


def test_it_is_the_furthest_entry_of_the_path_that_its_kind_takes(client):
    project, fund = factories.project(), factories.project(kind="fund", title="示例基金")
    assert shown(client, project) is None
    for stage in ("started", "signed", "proposed"):
        factories.stage_entry(project=project, stage=stage)
        factories.stage_entry(project=fund, stage=stage)
    assert shown(client, project) == "started"
    assert shown(client, fund) == "signed"


def test_an_entry_that_is_held_back_does_not_count_until_it_is_shown(client):
    project = factories.project()
    factories.stage_entry(project=project, stage="signed")
    entry = factories.stage_entry(project=project, stage="started", held_back=True)
    assert shown(client, project) == "signed"
    StageEntry.objects.filter(pk=entry.pk).update(held_back=False)
    assert shown(client, project) == "started"


def test_it_follows_every_way_of_writing(client):
    project, other = factories.project(), factories.project(title="示例项目乙")
    signed, started = StageEntry.objects.bulk_create(
        StageEntry(project=project, stage=stage) for stage in ("signed", "started")
    )
    assert shown(client, project) == "started"
    started.stage = "producing"
    StageEntry.objects.bulk_update([started], ["stage"])
    assert shown(client, project) == "producing"
    StageEntry.objects.filter(pk=started.pk).update(project=other)
    assert (shown(client, project), shown(client, other)) == ("signed", "producing")
    signed.delete()
    assert shown(client, project) is None
    other.kind = "fund"
    other.save()
    assert shown(client, other) is None


def test_the_list_is_sorted_by_how_far_projects_are_and_pages_go_on_from_there(client):
    for number, stage in enumerate(("full", "lead", "", "signed")):
        project = factories.project(title=f"示例{number}")
        if stage:
            factories.stage_entry(project=project, stage=stage)
    page = page_of("projects")
    for sort, titles in (("stage", "示例1 示例3 示例0 示例2"), ("-stage", "示例0 示例3 示例1 示例2")):
        question = page.ask(QueryDict(f"sort={sort}"))
        assert [row.title for row in question.rows] == titles.split()
        first = question.order.cursor(question.rows.values_list(*question.order.paths)[1])
        after = page.ask(QueryDict(f"sort={sort}&after={first}"))
        assert after.errors == {}
        assert len(after.window.keys) == 2


def test_what_many_projects_reached_is_asked_without_their_keys(monkeypatch):
    count_to(monkeypatch, 1)
    projects = [factories.project(title=f"示例{number}") for number in range(5)]
    for project in projects[:4]:
        factories.stage_entry(project=project, stage="signed")
    factories.stage_entry(project=projects[0], stage="started")
    question = page_of("projects").ask(QueryDict("stage=signed"))
    assert sorted(question.window.keys) == [project.pk for project in projects[1:4]]


def test_staff_see_the_stage_and_filter_by_it(admin_client):
    project = factories.project(state="draft")
    factories.stage_entry(project=project, stage="signed")
    listed = "/admin/projects/project/?format=json&columns=stage&stage="
    found = {stage: json.loads(b"".join(admin_client.get(f"{listed}{stage}"))) for stage in ("signed", "started")}
    assert [row["stage"] for row in found["signed"]["rows"]] == ["signed"]
    assert found["started"]["count"] == 0
    assert "签约" in admin_client.get(f"/admin/projects/project/{project.pk}/change/").content.decode()
    assert admin_client.get("/admin/projects/project/add/").status_code == 200

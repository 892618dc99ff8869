"""The API description: valid, and true of what the lists answer."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fengtai.lists.parameters import CONTROLS
from fengtai.lists.site import site_lists
from tests.factories import LIST_ROWS, citation

pytestmark = pytest.mark.one_database
ADDRESS = "/api/openapi.json"
LISTS = {page.name: page for page in site_lists()}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


PLAIN = {"Accept-Encoding": "identity"}  # what asks without a server unpacks nothing


@pytest.fixture
def described(client, db):
    return json.loads(client.get(ADDRESS).content)


@pytest.fixture
def api(db):
    for name in LISTS:
        citation(LIST_ROWS[name]())
    signals = (request_started, request_finished)
    for signal in signals:  # a request that is over must not close the connection of the test
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(ADDRESS, get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_as_described(api, name, mode):
    """Asked with what the description allows, and with what it does not."""

    @settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(api[f"/{name}/"]["GET"].as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(checks=CHECKS, headers=PLAIN)

    ask()


@pytest.mark.parametrize("name", LISTS)
def test_the_rows_of_a_list_are_as_described(api, name):
    case = api[f"/{name}/"]["GET"].Case(query={"format": "json"})
    assert case.call_and_validate(checks=CHECKS, headers=PLAIN).json()["count"] >= 1


@pytest.mark.parametrize("name", [name for name, page in LISTS.items() if page.detail])
def test_a_record_is_as_described(api, name):
    table = LISTS[name].table
    key = table.rows().values_list(table.model().addressed_by, flat=True).first()
    unknown = 2**40 if isinstance(key, int) else "no-such-record"
    operation = api[f"/{name}/{{pk}}/"]["GET"]
    for pk, query, status in (
        (key, {"format": "json"}, 200),
        (key, {"format": "xml"}, 400),
        (key, {}, 200),
        (unknown, {"format": "json"}, 404),
    ):
        answer = operation.Case(path_parameters={"pk": pk}, query=query).call_and_validate(checks=CHECKS, headers=PLAIN)
        assert answer.status_code == status


def test_operations_have_names_of_their_own_and_an_absolute_server(described):
    names = [path["get"]["operationId"] for path in described["paths"].values()]
    assert sorted(names) == sorted({*LISTS, *(f"{name}-record" for name, page in LISTS.items() if page.detail)})
    assert described["servers"] == [{"url": "http://testserver/"}]


@pytest.mark.parametrize("address", [ADDRESS, f"/en{ADDRESS}"])
def test_the_description_keeps_to_the_standard(client, db, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/json"
    validate(json.loads(response.content))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_list_is_described_in_the_readers_language(client, db, language):
    with translation.override(language):
        paths = json.loads(client.get(reverse("openapi")).content)["paths"]
    with translation.override(language):
        summaries = {page.address: page.title for page in LISTS.values()}
    assert {address: paths[address]["get"]["summary"] for address in summaries} == summaries
    assert {address for address in paths if "{" not in address} == {*summaries}


def test_every_question_and_every_column_is_described(described):
    for name, page in LISTS.items():
        parameters = [parameter["name"] for parameter in described["paths"][page.address]["get"]["parameters"]]
        assert parameters == [*page.filterset.declared(), *CONTROLS]
        row = described["components"]["schemas"][f"{name}-row"]
        assert row["required"] == ["id", "record_url"]
        assert [*row["properties"]] == ["id", "record_url", *page.table.declared()]


def test_choices_are_described_by_their_codes(described):
    parameters = {each["name"]: each["schema"] for each in described["paths"]["/organisations/"]["get"]["parameters"]}
    assert parameters["kind"]["enum"][-1] == "not-stated"
    assert parameters["doubt"]["enum"] == ["yes", "no"]
    assert parameters["industry"]["anyOf"][1] == {"const": "not-stated"}
    assert parameters["source"]["maximum"] == 2**63 - 1
    assert parameters["format"]["enum"] == ["xlsx", "csv", "json", "jsonl"]


def test_every_page_leads_to_the_description(client, db):
    assert f'href="{ADDRESS}"' in client.get("/").content.decode()

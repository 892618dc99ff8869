"""A browser and two sites for all tests of this folder: the invented district, and the report of 2024 alone."""

import json

import pytest

from tests import browsers
from tests.browser.visits import Visit
from tests.conftest import BROWSER, program
from tests.sites import DEMO, Site, begun, known_site, served, shared_by_workers


@pytest.fixture(scope="package")
def chromium():
    with browsers.begun(program(*BROWSER)) as browser:
        yield browser


@pytest.fixture(scope="session")
def demo(tmp_path_factory, worker_id):
    """Made once, served by each worker."""
    folder = begun(shared_by_workers(tmp_path_factory, worker_id), DEMO)
    with served(folder, tmp_path_factory.mktemp("log") / "demo") as address:
        yield Site(address, json.loads((folder / "accounts.json").read_text("utf-8")), folder)


@pytest.fixture(scope="session")
def report(tmp_path_factory, begun_site):
    with known_site(tmp_path_factory.mktemp("report"), begun_site) as site:
        yield site


@pytest.fixture
def visit(chromium, demo):
    """Opens windows of the invented district; at the end none of them may have complained."""
    made = Visit(chromium, demo)
    yield made
    made.close()
    assert made.complaints == []


@pytest.fixture
def visit_report(chromium, report):
    made = Visit(chromium, report)
    yield made
    made.close()
    assert made.complaints == []

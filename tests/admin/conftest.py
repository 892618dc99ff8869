"""Rows of the tests here are drafts: they are written as they are typed. Tests of what is published say so."""

import pytest

from fengtai.records.models import Record
from tests import factories
from tests.pages import marked_rows


@pytest.fixture(autouse=True)
def drafts(monkeypatch):
    monkeypatch.setattr(factories, "PUBLISHED", Record.State.DRAFT)
    monkeypatch.setattr(marked_rows, "PUBLISHED", Record.State.DRAFT)


@pytest.fixture
def published(monkeypatch, drafts):
    """For tests of rows that the public has."""
    monkeypatch.setattr(factories, "PUBLISHED", Record.State.PUBLISHED)
    monkeypatch.setattr(marked_rows, "PUBLISHED", Record.State.PUBLISHED)

"""Rows read lean say the same as django-tables2 says of the same rows, cell by cell."""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from fengtai.downloads.file_rows import BATCH, batches
from fengtai.downloads.fillers import json_filler, sheet_filler
from fengtai.lists.columns import Column
from fengtai.lists.rows import row_reader
from fengtai.lists.site import site_lists
from fengtai.pages.row_html import RowPrinter
from fengtai.records.models import Citation
from tests import factories
from tests.factories import LIST_ROWS
from tests.lists.own_values import own_value

pytestmark = pytest.mark.django_db
LISTS = {page.name: page for page in site_lists()}
PROVED = re.compile(r'<a class="proved"[^>]*>(.*?)</a>')
every_list = pytest.mark.parametrize("name", LISTS)


@pytest.fixture
def as_tables2(monkeypatch):
    """django-tables2 prints records, of which columns know nothing but here."""

    def render(self, record, bound_column):
        return self.html(own_value(self, record, bound_column.name))

    def cells(table, rows) -> list[list[str]]:
        shown = list(table.declared(detail=False))
        found = table(table.loaded(rows)).rows
        return [[PROVED.sub(r"\1", str(row.get_cell(name))) for name in shown] for row in found]

    monkeypatch.setattr(Column, "render", render, raising=False)
    return cells


def as_ours(table, rows) -> list[list[str]]:
    """Without the links to what proves a figure, which tests/pages/test_proofs.py follows."""
    made = RowPrinter(table, table.names(detail=False)).read(rows.values_list("pk", flat=True))
    return [[PROVED.sub(r"\1", cell) for cell in row] for row in made]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_cell_is_as_tables2_renders_it(report, as_tables2, language, subtests):
    with translation.override(language):
        for name, page in LISTS.items():
            with subtests.test(name):
                rows = page.table.rows().order_by("pk")
                assert as_ours(page.table, rows) == as_tables2(page.table, rows)
                assert len(as_ours(page.table, rows)) == rows.count() > 0


def as_files(table, rows) -> tuple[dict, dict]:
    """Of each column its cells in sheets, and its data in JSON."""
    cells, data = defaultdict(list), defaultdict(list)
    for batch in batches(table, table.names(), rows.values_list("pk", flat=True)):
        for (name, column), selected in zip(table.declared().items(), batch.selected, strict=True):
            cells[name] += map(list, zip(*sheet_filler(column, table.model(), name)(selected), strict=True))
            data[name] += json_filler(column, table.model(), name)(selected)
    return cells, data


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_value_of_a_file_is_the_record_s_own(report, language, subtests, monkeypatch):
    monkeypatch.setattr("fengtai.downloads.file_rows.FIRST", 3)
    monkeypatch.setitem(BATCH, connection.vendor, 7)
    with translation.override(language):
        for name, page in LISTS.items():
            with subtests.test(name):
                rows = page.table.rows().order_by("pk")
                cells, data = as_files(page.table, rows)
                for number, record in enumerate(page.table.loaded(rows)):
                    for column_name, column in page.table.declared().items():
                        own = own_value(column, record, column_name)
                        assert cells[column_name][number] == column.cells(own), column_name
                        assert data[column_name][number] == column.data(own), column_name
                assert {len(column) for column in [*cells.values(), *data.values()]} == {rows.count()}


def test_every_cell_is_of_the_kind_that_its_column_declares(report):
    types = {"text": str, "number": (int, Decimal), "date": date}
    for name, table in ((name, page.table) for name, page in LISTS.items()):
        for column_name, cells in as_files(table, table.rows())[0].items():
            kinds = table.declared()[column_name].kinds
            for kind, cell in (pair for row in cells for pair in zip(kinds, row, strict=True)):
                assert cell is None or isinstance(cell, types[kind]), (name, column_name)


@every_list
def test_a_file_leaves_out_what_was_deleted_meanwhile(name):
    row = LIST_ROWS[name]()
    table = LISTS[name].table
    assert [batch.keys for batch in batches(table, table.names(), [row.pk, row.pk + 1])] == [[row.pk]]
    assert list(batches(table, table.names(), [row.pk + 1])) == []


@every_list
def test_a_hostile_text_is_escaped(name):
    row = LIST_ROWS[name](doubt="<script>alert('1')</script>&\"")
    factories.citation(row, words="<b>'\"&")
    html = "".join(cell for row in as_ours(LISTS[name].table, LISTS[name].table.rows()) for cell in row)
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_record_loaded_for_its_page_is_named_without_a_further_query(report):
    for name, table in ((name, page.table) for name, page in LISTS.items()):
        if not table.rows().exists():
            LIST_ROWS[name]()  # of a list that the report says nothing of
        rows = list(table.loaded(table.rows()))
        assert len(rows) > 0
        with CaptureQueriesContext(connection) as captured:
            assert all(str(row) and row.is_public for row in rows)
        assert len(captured) == 0, (name, captured.captured_queries[0]["sql"])


@every_list
def test_rows_cost_two_queries_however_many_they_are(name):
    for _row in range(3):
        LIST_ROWS[name]()
    table = LISTS[name].table
    keys = list(table.rows().values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as captured:
        row_reader(table, table.names()).read(keys)
    assert len(captured) == 2


def test_a_link_to_what_is_not_public_is_not_shown():
    roster = factories.roster(state="draft")
    place = factories.place(parent=factories.place(name="示例未发布", state="draft"))
    place.entries.create(roster=roster)
    [cells] = as_ours(LISTS["places"].table, LISTS["places"].table.rows().filter(pk=place.pk))
    assert "示例未发布" not in "".join(cells)
    assert "示例名单" not in "".join(cells)


def test_a_citation_of_a_source_that_is_not_public_is_not_shown():
    row = factories.organisation()
    factories.citation(row, source=factories.source(title="示例内部台账", state="draft"), words="内部")
    [cells] = as_ours(LISTS["organisations"].table, LISTS["organisations"].table.rows())
    assert "内部" not in "".join(cells)
    assert Citation.objects.count() == 1

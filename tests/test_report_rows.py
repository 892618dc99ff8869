"""What tests have of the report is what `loaddata` writes, in every table."""

import pytest
from django.db import transaction

from tests import factories, report_rows


def rows() -> dict:
    return {model: [*model._base_manager.order_by("pk").values_list()] for model in report_rows._models()}


@pytest.mark.django_db
def test_rows_written_as_they_stood_are_those_of_the_fixtures():
    report_rows._kept().clear()
    written = []
    for _time in ("by loaddata, kept", "as they stood"):
        with transaction.atomic():
            report_rows.load_report()
            written.append(rows())
            transaction.set_rollback(True)
    assert written[0] == written[1]
    assert {model for model, kept in written[0].items() if kept} == {*report_rows._kept()} != set()
    report_rows.load_report()
    assert factories.organisation(name="示例").history.count() == 1, "numbers go on after the report's"

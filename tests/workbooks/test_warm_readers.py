"""The readers that most tests use answer as those of the site do, of whose files nothing else is different."""

import pytest
from openpyxl import Workbook

from fengtai.workbooks import child_process
from fengtai.workbooks.child import read_workbook
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.limits import Limits
from tests.warm_readers import Readers

COLD = child_process.started  # as it was before any test began


def answered(path, limits: Limits):
    try:
        return read_workbook(path, limits, frozenset({"单位名称"}))
    except WorkbookError as error:
        return error.code, error.details


@pytest.mark.parametrize(
    ("limits", "expected"),
    [(Limits(), "单位名称"), (Limits(columns=1), "too_many_columns"), (Limits(bytes=10), "too_large")],
)
def test_a_warm_reader_answers_as_a_cold_one(tmp_path, monkeypatch, limits, expected):
    book = Workbook()
    for row in (["单位名称", "面积"], *(["示例", 1.5] for _row in range(20))):
        book.active.append(row)
    book.save(tmp_path / "示例.xlsx")
    found = []
    for started in (COLD, Readers()):
        monkeypatch.setattr(child_process, "started", started)
        found.append(answered(tmp_path / "示例.xlsx", limits))
    assert found[0] == found[1]
    assert expected in str(found[0])


def test_a_warm_reader_that_is_killed_has_ended_so():
    with Readers()("fengtai.workbooks.child") as reader:
        reader.kill()
        assert reader.wait() == -9

"""The import that a workbook came back from is read however the program that saved it writes its properties."""

import zipfile

import pytest

from fengtai.workbooks.batch_property import PART, read_batch

BATCH = "0f8fad5b-d9cb-469f-a165-70867728950e"
VALUES = (
    f"<vt:lpwstr>{BATCH}</vt:lpwstr>",
    f"<lpwstr>\n{BATCH}\n</lpwstr>",
    f'<ns0:lpwstr xmlns:ns0="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{BATCH}</ns0:lpwstr>',
)


@pytest.mark.parametrize("value", VALUES)
def test_it_is_read_whatever_stands_in_its_tags(tmp_path, value):
    path = tmp_path / "示例.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(PART, f'<Properties><property pid="2" name="FengtaiImport">{value}</property></Properties>')
    assert read_batch(path) == BATCH

"""No cell of a CSV runs in a spreadsheet, however it is read; and our own file comes back as it went."""

import csv
import io
import subprocess

import pytest

from tests import factories
from tests.conftest import OFFICE, program

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
TEXTS = [f"{before}{sign}1+1" for sign in SIGNS for before in ("", "甲\n", "甲\r\n", " ", "　")]
TEXTS += ["=cmd|' /C calc'!A0", '甲\n=HYPERLINK("http://example.com")', '"=1+1"', "'=1+1", "甲\n'=1+1", "甲\t=1+1"]
SEPARATORS = ",;|\t"
TEXTS += [f"甲{separator}{before}=1+1" for separator in SEPARATORS for before in ("", " ", '"', "'")]
# LibreOffice asked to be as careless as it can be: it evaluates formulas and guesses numbers.
CARELESS = "Text - txt - csv (StarCalc):{},34,76,1,,0,false,true,false,false,false,-1,false,true"
OUT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"  # formulas as such


def downloaded(client) -> str:
    for number, text in enumerate(TEXTS):
        row = factories.organisation(name=f"示例{number:03}")
        type(row).objects.filter(pk=row.pk).update(introduction=text)  # as an older release let it in
    return b"".join(client.get("/organisations/?format=csv").streaming_content).decode("utf-8-sig")


def test_no_line_of_the_file_begins_a_cell_with_a_formula(client):
    """Neither as a program reads it that knows quotes, nor as one to which each line end is the end of a row."""
    text = downloaded(client)
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert len(cells) > len(TEXTS)
    for careless in (line.strip('" 　') for cell in cells for line in cell.splitlines()):
        assert careless[:1] not in SIGNS, careless
    for separator in SEPARATORS:
        for line in text.splitlines():
            assert all(cell.strip('" 　')[:1] not in SIGNS for cell in line.split(separator)), line
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]
        assert [cell for cell in cells if cell.strip('" 　')[:1] in SIGNS] == []


@pytest.mark.needs(*OFFICE)
@pytest.mark.parametrize("separators", ["44", "59", "44/59/124/9"])
def test_libreoffice_runs_none_of_them(client, tmp_path, separators):
    (tmp_path / "in.csv").write_text(downloaded(client), "utf-8-sig")
    office = [program(*OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command = [
        *office,
        f"--infilter={CARELESS.format(separators)}",
        "--convert-to",
        "fods",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "in.csv"),
    ]
    subprocess.run(command, check=True, timeout=240, capture_output=True)
    opened = (tmp_path / "in.fods").read_text("utf-8")
    assert "示例000" in opened
    assert "table:formula" not in opened

"""rustpy-xlsxwriter, which writes whole workbooks from dictionaries in Rust."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse
from rustpy_xlsxwriter import write_worksheet

from tests.bench.peers.plain_list import organisations
from tests.bench.peers.sheet import CONTENT_TYPE, HEADINGS, values


def view(request):
    rows = [dict(zip(HEADINGS, values(row), strict=True)) for row in organisations("names").iterator(chunk_size=2000)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "organisations.xlsx"
        write_worksheet(rows, str(path))
        return HttpResponse(path.read_bytes(), content_type=CONTENT_TYPE)

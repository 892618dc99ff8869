"""XlsxWriter with constant_memory, row by row from a queryset's iterator: the careful way to write by hand."""

import tempfile

import xlsxwriter
from django.http import FileResponse

from tests.bench.peers.plain_list import organisations
from tests.bench.peers.sheet import CONTENT_TYPE, HEADINGS, values


def view(request):
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    for number, record in enumerate(organisations("names").iterator(chunk_size=2000), start=1):
        sheet.write_row(number, 0, values(record))
    book.close()
    file.seek(0)
    return FileResponse(file, content_type=CONTENT_TYPE)

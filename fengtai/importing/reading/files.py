"""A clerk's file read for a list: within the limits of the settings, its headings found by the words of the list."""

from django.conf import settings

from fengtai.importing.reading.headings import MARKS
from fengtai.importing.reading.list_imports import ListImport, list_import
from fengtai.importing.reading.own_headings import own_headings
from fengtai.lists.tables import SourceTable
from fengtai.workbooks.child import read_workbook
from fengtai.workbooks.data import WorkbookData
from fengtai.workbooks.heading_texts import normalised
from fengtai.workbooks.limits import Limits


def read_file(path, declared: ListImport) -> WorkbookData:
    """What the file holds; raises WorkbookError where it cannot be read."""
    sources = list_import(SourceTable)
    known = {*declared.headings, *sources.headings, *MARKS, *sources.marks, *own_headings()}
    limits = Limits(settings.IMPORT_MAX_BYTES, settings.IMPORT_MAX_ROWS, settings.IMPORT_MAX_COLUMNS)
    return read_workbook(path, limits, frozenset(map(normalised, known)))

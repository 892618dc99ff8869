"""Sentences in the reader's language: why a workbook was not read, and what was noticed in it."""

from django.utils.translation import gettext as _

from fengtai.workbooks.cells import letters
from fengtai.workbooks.data import Notice
from fengtai.workbooks.errors import NOTICES, REASONS, WorkbookError


def explain(error: WorkbookError) -> str:
    return _(REASONS[error.code]) % error.details


def tell(notice: Notice) -> str:
    column = letters(notice.column) if notice.column else ""
    return _(NOTICES[notice.code]) % {"row": notice.row, "column": column, "text": notice.text}

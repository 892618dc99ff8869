"""How the platform says why a workbook was not read, in the reader's language."""

from django.utils.translation import gettext as _

from fengtai.workbooks.errors import REASONS, WorkbookError


def explain(error: WorkbookError) -> str:
    return _(REASONS[error.code]) % error.details

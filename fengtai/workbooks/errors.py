"""Why a workbook is not read: one code for each reason, with what the sentence needs to name."""

from fengtai.grammar import N_

REASONS = {
    "unreadable": N_("The file cannot be read; it may be damaged. Open it in Excel or WPS and save it again as .xlsx."),
}


class WorkbookError(ValueError):
    def __init__(self, code: str, **details):
        super().__init__(code, details)
        self.code, self.details = code, details

    def __str__(self) -> str:
        return REASONS[self.code] % self.details

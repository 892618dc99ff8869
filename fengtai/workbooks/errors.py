"""Why a workbook is not read: one code for each reason, with what its sentence has to name."""

from fengtai.values.translatable import N_

REASONS = {
    "empty": N_("The file is empty."),
    "too_large": N_("The file has %(size)s MB; at most %(limit)s MB are taken."),
    "old_format": N_("This is an old Excel or WPS file (.xls, .et), whatever its name; save it as .xlsx."),
    "binary_format": N_("This is a binary workbook (.xlsb); save it as .xlsx."),
    "encrypted": N_("The file is protected by a password; save it without one."),
    "macros": N_("The workbook holds macros; save it as .xlsx without them."),
    "web_page": N_("This is a web page, whatever its name; open it in Excel or WPS and save it as .xlsx."),
    "text": N_("This is a text file, whatever its name; name it .csv, or save it as .xlsx in Excel or WPS."),
    "other_file": N_("This is no workbook; only .xlsx and .csv are read."),
    "damaged": N_("The file is damaged or was cut short; ask for it again."),
    "too_many_parts": N_("The file is packed from more than %(limit)s parts, which no workbook needs."),
    "part_name": N_("The file holds a part that must not be there: %(part)s"),
    "too_much_inside": N_("The file unpacks to more than %(limit)s MB."),
    "doctype": N_("The file holds declarations that a workbook must not hold, in the part %(part)s."),
    "invalid_xml": N_("The part %(part)s of the file is damaged; open it in Excel or WPS and save it again."),
    "no_sheets": N_("The workbook has no sheet."),
    "too_many_sheets": N_("The workbook has %(count)s sheets; at most %(limit)s are read."),
    "too_many_rows": N_("Sheet %(sheet)s is filled down to row %(row)s; at most %(limit)s rows are read."),
    "too_many_columns": N_("Sheet %(sheet)s is filled out to column %(column)s; at most %(limit)s columns are read."),
    "too_many_cells": N_("Sheet %(sheet)s spans more than %(limit)s cells."),
    "too_many_texts": N_("The workbook holds more than %(limit)s different texts."),
    "too_much_text": N_("Sheet %(sheet)s holds more than %(limit)s million characters."),
    "too_many_merges": N_("Sheet %(sheet)s has more than %(limit)s merged ranges."),
    "text_too_long": N_("Sheet %(sheet)s, cell %(column)s%(row)s: the text is longer than a cell can hold."),
    "encoding": N_("The text is neither UTF-8 nor GB18030 nor Big5, from line %(row)s on; save it as CSV UTF-8."),
    "utf16": N_("This is UTF-16 without its mark; save it as CSV UTF-8."),
    "encoding_unsure": N_("Whether the text is GB18030 or Big5 cannot be told for certain; save it as CSV UTF-8."),
    "nul": N_("Line %(row)s holds a character of code 0; the file is no plain text."),
    "quotes": N_("Quotes do not pair up in or before line %(row)s."),
    "field": N_("A text in or before line %(row)s is longer than a cell can hold; perhaps a quote is missing."),
    "too_slow": N_("Reading took longer than %(limit)s seconds and was stopped."),
    "too_much_memory": N_("Reading took more than %(limit)s MB of memory and was stopped."),
    "unreadable": N_("The file cannot be read; open it in Excel or WPS and save it again as .xlsx."),
}

NOTICES = {
    "formula": N_("Column %(column)s: %(text)s formulas are read by the values last computed, from row %(row)s on."),
    "not_computed": N_("Cell %(column)s%(row)s: the formula was never computed: %(text)s"),
    "error_cell": N_("Cell %(column)s%(row)s shows an error: %(text)s"),
    "rounded": N_(
        "Cell %(column)s%(row)s holds more than it shows (%(text)s): what was typed is read, not what is rounded."
    ),
    "shows_nothing": N_("Cell %(column)s%(row)s holds “%(text)s”, which its format hides: it is read as empty."),
    "struck_out": N_("Cell %(column)s%(row)s: “%(text)s” is struck out and not read."),
    "struck_cell": N_("Cell %(column)s%(row)s is struck out and not read: %(text)s"),
    "raised_mark": N_("Cell %(column)s%(row)s: marks set above or below the line are not read: %(text)s"),
    "under_merge": N_("Values under merged cells are not seen and not read, for example %(column)s%(row)s."),
    "same_heading": N_("Columns %(text)s have the same heading."),
    "no_heading": N_("Column %(column)s is filled but has no heading."),
    "no_headings": N_("The sheet has no row of headings."),
    "several_units": N_("The sheet states several units: %(text)s"),
    "hidden_rows": N_("%(text)s rows are hidden; they are read like the others."),
    "hidden_columns": N_("Hidden columns are read like the others: %(text)s"),
    "external_links": N_("The workbook refers to other files; they are not opened."),
    "other_sheet": N_("Sheet %(text)s holds a chart or macros and is not read."),
}


class Incomplete(Exception):
    """The child ended before it had handed over everything."""


class WorkbookError(ValueError):
    def __init__(self, code: str, **details):
        super().__init__(code, details)
        self.code, self.details = code, details

    def __str__(self) -> str:
        return REASONS[self.code] % self.details

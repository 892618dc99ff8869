"""A clerk's workbook as checked, previewed, all-or-nothing changes. Knows records and tables, and no subject."""

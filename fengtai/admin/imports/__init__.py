"""A clerk's workbook in the admin: upload, decisions, preview, undo.

May import importing, pages, records, workbooks and values.
"""

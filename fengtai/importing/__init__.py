"""A clerk's workbook as checked, previewed, all-or-nothing changes: reading < planning < taking.

May import lists, records, search, values and workbooks.
"""

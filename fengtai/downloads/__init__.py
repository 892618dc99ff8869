"""The rows of a list as workbook, CSV and JSON; may import lists, records and values."""

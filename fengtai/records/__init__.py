"""Sources, citations and records: their fields, forms, querysets, revisions and imports.

May import values and search.
"""

"""What waits for a second person: pending changes, their checklist and release; and the bin.

May import lists, naming, records, search and values.
"""

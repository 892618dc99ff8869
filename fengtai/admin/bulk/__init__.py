"""One field of many rows, changed at once: chosen in a list, looked at as old → new per row, then written.

May import review, lists, records and admin/imports; the admin classes import it.
"""

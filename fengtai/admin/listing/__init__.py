"""The lists of staff: the public lists' engine behind a door of their own, and acts upon the rows chosen.

May import pages, downloads, import_pages, lists, records and search; the other admin pages import it.
"""

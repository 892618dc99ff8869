"""The lists of staff: the public lists' engine behind a door of their own, and acts upon the rows chosen.

May import pages, downloads, admin/imports, lists, records, search and caching; the other admin pages import it.
"""

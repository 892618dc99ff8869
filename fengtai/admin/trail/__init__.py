"""The trail as people read it: one list of all that was done, and of a record its life with its parts.

May import admin/listing, lists, review and records; the other admin pages import it.
"""

"""Merging in the admin: the pairs that may be one, two records side by side, the merges that were and their undoing.

May import admin, review and its merging, importing/taking (for rights), lists, records and values.
"""

"""Two records made one, and two again: what stands against it, what is asked, what moves, and which pairs come up.

May import review, lists, naming, records, search and values. It knows no model: which can be merged is declared there.
"""

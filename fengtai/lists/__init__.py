"""What a list is: its columns, questions, order and rows, and which lists the site has.

May import records, search, caching and values.
"""

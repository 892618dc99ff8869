"""The trail: who wrote, read or opened what, when and in which way; append-only.

Every way of writing is met where rows pass on their way to the database, so this room stands below the records and
knows no model of theirs. May import search and values.
"""

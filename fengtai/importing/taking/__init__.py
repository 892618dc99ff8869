"""Changes to the database, and back: preview, commit, undo, the sender's file returned.

May import planning and reading.
"""

"""Django's SQLite, for threads that write at once: they come to their turn in the order in which they asked."""

"""Django's PostgreSQL, for a server that may be lost in the middle of anything."""

"""What waits for a second person: pending changes, their review and release. May import lists, naming, records, search and values."""

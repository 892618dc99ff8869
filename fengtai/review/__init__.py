"""What waits for a second person: pending changes, their review and release. May import records, lists, search and values."""

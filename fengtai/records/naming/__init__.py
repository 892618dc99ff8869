"""Which records a name may mean, exactly and almost; may import records, search and values."""

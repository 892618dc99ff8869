"""What becomes of entries before and after the public sees them; may import lists, records and what those import."""

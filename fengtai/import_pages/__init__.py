"""What staff see of an import: upload, preview, decisions, confirmation, batches. Knows its steps, and no subject."""

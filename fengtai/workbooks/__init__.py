"""Clerks' files as files: read in a guarded child, sent back with faults painted, templates; may import values."""

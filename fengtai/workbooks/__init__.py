"""Clerks' files as files: read in a guarded child, marked, and their templates; may import values."""

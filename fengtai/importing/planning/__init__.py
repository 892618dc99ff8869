"""Rows to changes: which record a row means, and what it would write there; may import reading."""

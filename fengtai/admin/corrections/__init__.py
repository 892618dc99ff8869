"""Corrections in the admin: what was said beside the record, the answer to it, and all reports by their number."""

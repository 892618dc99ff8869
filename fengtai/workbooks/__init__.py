"""Clerks' files as files: read in a guarded child process, sent back with their faults painted, and their templates; may import values."""

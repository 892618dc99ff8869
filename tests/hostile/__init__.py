"""Requests that nobody means well with: `python -m tests.hostile` sends them to every address, on both databases."""

"""Clerks' workbooks: what must not be opened is refused, the rest is read as typed; templates and marked copies go back."""

"""Workbooks of clerks: read as typed in a process of its own, made as templates, returned marked."""

"""Cells to values: which sheet and column says what, and what each kind of field makes of a cell."""

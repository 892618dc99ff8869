"""Marks messages where no framework may be imported."""


def N_(text: str) -> str:
    """The message itself; whoever shows it translates it."""
    return text

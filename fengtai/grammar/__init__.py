"""How Chinese reports print numbers, units, qualifiers and dates; read by `fengtai.figures` and `fengtai.periods`."""


def N_(text: str) -> str:
    """Marks a message for translation where no framework may be imported; the pages translate it."""
    return text

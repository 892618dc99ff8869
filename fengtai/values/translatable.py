"""Names a message for translation in modules that run without Django."""


def N_(text: str) -> str:
    """The message unchanged: `manage.py messages` finds it by this name, and whoever shows it translates it."""
    return text

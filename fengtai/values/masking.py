"""Personal data as everybody may see it: enough to know it again, too little to use."""

HIDDEN = "****"
FEW = 7  # characters: anything shorter shows its first alone


def masked(text: str) -> str:
    """138****1234 of a telephone, z****@example.org of an address, 张**** of a name."""
    name, at, host = text.partition("@")
    if at:
        return f"{name[:1]}{HIDDEN}{at}{host}"
    return f"{text[:3]}{HIDDEN}{text[-4:]}" if len(text) > FEW else f"{text[:1]}{HIDDEN}" if text else ""

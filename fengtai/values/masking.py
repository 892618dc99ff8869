"""Personal values as staff read them until they ask: 138****1234."""

import re

HIDDEN = "****"
SEVERAL = re.compile(r"([、，,;；/\s]+)")  # between several numbers in one text
LONG = 11  # characters of a mobile number: of one so long seven may be read
FRONT, BACK = 3, 4
# Numbers and addresses within a sentence: mobile and landline numbers, e-mail addresses.
CALLED = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\w)"
    r"|(?<![\w.])\(?0\d{2,3}[-) ]{0,2}\d{7,8}(?!\w)|(?<![\w.-])[2-8]\d{7}(?![\w.-])"
)


def masked(value) -> str:
    """A telephone number or an e-mail address with its middle hidden, each of several by itself."""
    text = "" if value is None else str(value)
    return "".join(part if not part or SEVERAL.fullmatch(part) else _masked_one(part) for part in SEVERAL.split(text))


def masked_within(text: str) -> str:
    """A sentence of somebody else's file, with whatever reads as a number to call or an address hidden."""
    return CALLED.sub(lambda found: _masked_one(found.group()), text)


def _masked_one(text: str) -> str:
    name, at, place = text.partition("@")
    if at:
        return f"{name[: min(FRONT, len(name) // 3)]}{HIDDEN}@{place}"
    if len(text) >= LONG:
        return f"{text[:FRONT]}{HIDDEN}{text[-BACK:]}"
    shown = len(text) // 4
    return f"{text[:shown]}{HIDDEN}{text[len(text) - shown :]}"

"""Entries of BibTeX."""

import re

ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: rf"\{character}" for character in "{}%&#$_"},
}
SPECIAL = re.compile(f"[{re.escape(''.join(ESCAPES))}]")
AS_GIVEN = {"url", "urldate", "year", "language"}  # addresses and codes, which hold nothing that needs it
WHOLE = {"author", "title"}  # kept as written: no style may split a name or lower a letter


def entry(kind: str, key: str, fields: dict[str, str]) -> str:
    """An entry on several lines; empty fields are left out."""
    lines = [f"  {name} = {{{_value(name, text)}}}" for name, text in fields.items() if text]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}"


def _value(name: str, text: str) -> str:
    if name in AS_GIVEN:
        return text
    escaped = SPECIAL.sub(lambda found: ESCAPES[found[0]], " ".join(text.split()))
    return f"{{{escaped}}}" if name in WHOLE else escaped

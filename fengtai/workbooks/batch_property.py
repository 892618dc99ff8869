"""The import that a workbook came back from: a property of the document, which survives that somebody edits it."""

import re
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

NAME, PART = "FengtaiImport", "docProps/custom.xml"
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
WRITTEN = re.compile(rf'name="{NAME}"[^>]*>\s*<(?:\w+:)?lpwstr[^>]*>\s*({UUID})\s*<')
LONGEST = 1_000_000  # bytes looked at


def write_batch(book: Workbook, batch: str) -> None:
    if NAME in book.custom_doc_props.names:
        del book.custom_doc_props[NAME]
    book.custom_doc_props.append(StringProperty(name=NAME, value=batch))


def read_batch(path: Path) -> str:
    """The import's uuid; empty where the file names none. The file was checked before."""
    with zipfile.ZipFile(path) as archive:
        if PART not in archive.namelist():
            return ""
        with archive.open(PART) as part:
            text = part.read(LONGEST).decode("utf-8", "replace")
    found = WRITTEN.search(text)
    return found[1] if found else ""

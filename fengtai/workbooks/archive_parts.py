"""Where an .xlsx keeps its sheets, and the elements of its parts."""

import posixpath
import zipfile
from dataclasses import dataclass
from xml.parsers import expat

from fengtai.workbooks.errors import WorkbookError

CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Part:
    name: str  # of the sheet
    path: str  # in the archive


def sheet_parts(archive: zipfile.ZipFile) -> list[Part]:
    home = workbook_path(archive)
    targets = {attributes.get("Id"): attributes.get("Target", "") for _, attributes in _links(archive, home)}
    sheets = []
    for _, attributes in tags(archive, home, {"sheet"}):
        key = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), None)
        sheets.append(Part(attributes.get("name", ""), _resolved(home, targets.get(key, ""))))
    if not sheets:
        raise WorkbookError("no_sheets")
    return sheets


def workbook_path(archive: zipfile.ZipFile) -> str:
    """The part that lists the sheets."""
    for _, attributes in tags(archive, "_rels/.rels", {"Relationship"}):
        if attributes.get("Type", "").endswith("/officeDocument"):
            return _resolved("", attributes.get("Target", ""))
    return "xl/workbook.xml"


def _links(archive: zipfile.ZipFile, home: str):
    folder, _, name = home.rpartition("/")
    return tags(archive, f"{folder}/_rels/{name}.rels", {"Relationship"})


def _resolved(home: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(home), target)).lstrip("/")


def tags(archive: zipfile.ZipFile, path: str, names: set[str]) -> list[tuple[str, dict[str, str]]]:
    """The elements of these names in a part, with their attributes; nothing if there is no such part."""
    found: list[tuple[str, dict[str, str]]] = []

    def note(name, attributes):
        if (local := name.rpartition(":")[2]) in names:
            found.append((local, attributes))

    parser = expat.ParserCreate()
    parser.StartElementHandler = note
    if path in archive.namelist():
        with archive.open(path) as stream:
            while chunk := stream.read(CHUNK):
                parser.Parse(chunk, False)
    return found

"""Refuses files that must not be opened: no workbooks, too large, or with macros, passwords or declarations inside.

The sizes that a file states about itself may be wrong, so every part is unpacked and counted, and its XML is parsed by
a parser that stops at the first declaration of a document type.
"""

import re
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.limits import MB, Limits

CHUNK = 1 << 18
LONGEST_TAG = 1 << 21
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_NAMES = {".csv", ".txt", ".tsv"}
XML_NAMES = (".xml", ".rels")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, IndexError)
MACROS = re.compile(r"vbaproject|(?:^|/)macrosheets/|vbadata", re.IGNORECASE)
STRINGS = "xl/sharedstrings.xml"
ENCRYPTED = 0x1  # a flag of a part in the archive


def kind_of(path: Path, limits: Limits) -> str:
    """`xlsx` or `csv`, by what is inside as well as by name; anything else is refused."""
    size = path.stat().st_size
    if not size:
        raise WorkbookError("empty")
    if size > limits.bytes:
        raise WorkbookError("too_large", size=f"{size / MB:.1f}", limit=limits.bytes // MB)
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "xlsx"
    if start.startswith(OLE):
        raise WorkbookError("encrypted" if _is_encrypted(path) else "old_format")
    return _kind_of_text(path, start)


def _is_encrypted(path: Path) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _kind_of_text(path: Path, start: bytes) -> str:
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|table|\?xml|meta)", start, re.IGNORECASE):
        raise WorkbookError("web_page")
    if path.suffix.lower() in TEXT_NAMES:
        return "csv"
    is_text = not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", start) and not start.startswith((b"%PDF", b"{\\rtf"))
    raise WorkbookError("text" if is_text else "other_file")


def check_archive(path: Path, limits: Limits):
    """Checks every part of an .xlsx, by name and then by content; raises WorkbookError."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_names(parts, limits)
            left = limits.inflated
            for part in parts:
                left = _check_part(archive, part, left, limits)
    except WorkbookError:
        raise
    except BROKEN as error:
        raise WorkbookError("damaged") from error


def _check_names(parts: list[zipfile.ZipInfo], limits: Limits):
    if len(parts) > limits.parts:
        raise WorkbookError("too_many_parts", limit=limits.parts)
    seen = set()
    for part in parts:
        name = part.filename.replace("\\", "/").lower()
        if name in seen or name.startswith("/") or ":" in name or ".." in name.split("/") or len(name) > 255:
            raise WorkbookError("part_name", part=_shown(part))
        seen.add(name)
        if part.flag_bits & ENCRYPTED:
            raise WorkbookError("encrypted")
        if MACROS.search(name):
            raise WorkbookError("macros")
    _check_purpose(seen)


def _check_purpose(names: set[str]):
    if "xl/workbook.bin" in names:
        raise WorkbookError("binary_format")
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise WorkbookError("other_file")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, limits: Limits) -> int:
    """The bytes that may still be unpacked after this part."""
    check = _xml_check(part) if part.filename.lower().endswith(XML_NAMES) else _no_check
    texts = 0
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise WorkbookError("too_much_inside", limit=limits.inflated // MB)
            if part.filename == "[Content_Types].xml" and b"macroenabled" in chunk.lower():
                raise WorkbookError("macros")
            texts += chunk.count(b"<si>") if part.filename.lower() == STRINGS else 0
            if texts > limits.cells:
                raise WorkbookError("too_many_texts", limit=limits.cells)
            check(chunk, False)
    check(b"", True)
    return left


def _xml_check(part: zipfile.ZipInfo):
    """A parser fed as the part is unpacked: it must be well-formed and declare no type and no entity."""
    parser, fed = expat.ParserCreate(), 0

    def refuse(*_declaration):
        raise WorkbookError("doctype", part=_shown(part))

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse

    def check(chunk: bytes, last: bool):
        nonlocal fed
        try:
            parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise WorkbookError("invalid_xml", part=_shown(part)) from error
        fed += len(chunk)
        # An unfinished tag is read again from its start with every chunk, so a long one would take very long.
        if fed - parser.CurrentByteIndex > LONGEST_TAG:
            raise WorkbookError("invalid_xml", part=_shown(part))

    return check


def _no_check(chunk: bytes, last: bool):
    """Pictures and printer settings are counted, not read."""


def _shown(part: zipfile.ZipInfo) -> str:
    return ascii(part.filename)[1:-1][:80]

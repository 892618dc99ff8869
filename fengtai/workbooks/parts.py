"""Where a workbook keeps its sheets, and which number formats change what a number says."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from xml.parsers import expat

from fengtai.workbooks.cells import MONTH, PER_CENT, YEAR
from fengtai.workbooks.errors import WorkbookError

CHUNK = 1 << 18
PERCENT, MONTHS = {"9", "10"}, {"17", "27", "36", "50", "52", "57"}  # built-in formats
LITERAL = re.compile(r'[#,]*[0#]+(?:\.[0#]+)?"([^"]*[\u4e00-\u9fff%][^"]*)"_?\s*')
LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")  # [$US$-409] stands for US$, [$-804] for nothing
FOREIGN = re.compile(r"US\$|\$|€|£")
CURRENCIES = {"US$": "美元", "$": "美元", "€": "欧元", "£": "英镑"}


@dataclass(frozen=True, slots=True)
class Part:
    name: str  # of the sheet
    path: str  # in the archive


def sheet_parts(archive: zipfile.ZipFile) -> list[Part]:
    home = _workbook_path(archive)
    targets = {attributes.get("Id"): attributes.get("Target", "") for _, attributes in _links(archive, home)}
    sheets = []
    for _, attributes in tags(archive, home, {"sheet"}):
        key = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), None)
        sheets.append(Part(attributes.get("name", ""), _resolved(home, targets.get(key, ""))))
    if not sheets:
        raise WorkbookError("no_sheets")
    return sheets


def _workbook_path(archive: zipfile.ZipFile) -> str:
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


def telling_styles(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """Style number → how a number of that style is printed (6.5%, 3.5亿元), where the format adds to its meaning."""
    found = tags(archive, "xl/styles.xml", {"numFmt", "cellXfs", "xf"})
    formats = {each.get("numFmtId"): each.get("formatCode", "") for name, each in found if name == "numFmt"}
    names = [name for name, _ in found]
    first = names.index("cellXfs") if "cellXfs" in names else len(found)
    styles = [attributes.get("numFmtId", "0") for name, attributes in found[first:] if name == "xf"]
    printed = {str(style).encode(): _printed(key, formats) for style, key in enumerate(styles)}
    return {style: form for style, form in printed.items() if form}


def _printed(key: str, formats: dict[str, str]) -> str:
    """The form of a number format, or nothing if the bare number says it all."""
    code = formats.get(key, "").split(";")[0]
    if form := _coarse_date(key, code):
        return form
    if key in PERCENT or "%" in re.sub(r'"[^"]*"|\\.', "", code):
        return PER_CENT
    if match := LITERAL.fullmatch(code):
        return match[1].strip()
    currency = FOREIGN.search(LOCALE.sub(r"\1", code))
    return CURRENCIES[currency[0]] if currency else ""


def _coarse_date(key: str, code: str) -> str:
    """Of a date that is shown without its day, the month or the year alone: the day was never typed."""
    if key in MONTHS:
        return MONTH
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|General', "", code).lower()
    if "y" not in bare or re.search("[dhs]", bare):
        return ""
    return MONTH if "m" in bare else YEAR

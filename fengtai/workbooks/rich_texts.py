"""Texts whose letters are formatted one by one: what is struck out or set as a footnote's mark is not their value."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

CHUNK = 1 << 18
STRINGS = "xl/sharedStrings.xml"
TELLING = re.compile(rb"<(?:\w+:)?(?:strike|vertAlign)[\s/>]")
INLINE_END = re.compile(rb"</(?:\w+:)?is\s*>")
FALSE = ("0", "false")
LENGTHS = re.compile("(?:^|[^A-Za-z])(?:[kcdmhμ]?m|米)$", re.IGNORECASE)  # m² is an area, not m and a note
POWER = re.compile(r"[×xX*]\s*10$")
SHOWN = 100  # characters of a text that is told


class Corrected(NamedTuple):
    """The value of a text, and what stands in it beside; `is_struck` if nothing else does."""

    text: str
    struck: str = ""
    marks: str = ""
    original: str = ""

    @property
    def is_struck(self) -> bool:
        return bool(self.struck.strip()) and not self.text.strip()


@dataclass(slots=True)
class _Run:
    text: str = ""
    is_struck: bool = False
    align: str = ""


@dataclass(slots=True)
class _Reader:
    """Collects the runs of one text after another: of shared strings (`si`), or of one cell (`is`)."""

    runs: list[_Run] = field(default_factory=list)
    found: dict[int, Corrected] = field(default_factory=dict)
    number: int = -1
    is_text: bool = False
    is_phonetic: bool = False

    def start(self, name: str, attributes: dict[str, str]):
        match name.rpartition(":")[2]:
            case "si" | "is":
                self.number, self.runs = self.number + 1, []
            case "r":
                self.runs.append(_Run())
            case "rPh":
                self.is_phonetic = True
            case "t" if not self.is_phonetic:
                self.is_text = True
                if not self.runs:
                    self.runs.append(_Run())
            case "strike" if self.runs:
                self.runs[-1].is_struck = attributes.get("val", "1") not in FALSE
            case "vertAlign" if self.runs:
                self.runs[-1].align = attributes.get("val", "")

    def end(self, name: str):
        match name.rpartition(":")[2]:
            case "t":
                self.is_text = False
            case "rPh":
                self.is_phonetic = False
            case "si" | "is":
                if any(run.is_struck or run.align in ("superscript", "subscript") for run in self.runs):
                    self.found[self.number] = corrected(self.runs)

    def data(self, text: str):
        if self.is_text:
            self.runs[-1].text += text


def corrected(runs: list[_Run]) -> Corrected:
    """The runs joined: without those struck out, and without marks that are no part of the words."""
    text, struck, marks = "", "", ""
    for run in runs:
        if run.is_struck:
            struck += run.text
        elif run.align in ("superscript", "subscript") and run.text.strip():
            kept = _kept(text, run)
            text, marks = text + kept, marks + ("" if kept else run.text)
        else:
            text += run.text
    return Corrected(text, struck[:SHOWN], marks[:SHOWN], "".join(run.text for run in runs)[:SHOWN])


def _kept(before: str, run: _Run) -> str:
    """What of a raised or lowered text belongs to the words: m², 10⁸, CO₂."""
    text = run.text.strip()
    if run.align == "subscript":
        return run.text if before[-1:].isascii() and before[-1:].isalpha() else ""
    if text in ("2", "3") and (LENGTHS.search(before) or before.endswith(("平方", "立方"))):
        return text
    return f"^{text}" if POWER.search(before) else ""


def shared_texts(archive: zipfile.ZipFile) -> dict[int, Corrected]:
    """The shared strings with letters struck out or raised, by their number; most workbooks have none."""
    if STRINGS not in archive.namelist() or not _is_telling(archive):
        return {}
    reader, parser = _parser()
    with archive.open(STRINGS) as stream:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
    return reader.found


def _is_telling(archive: zipfile.ZipFile) -> bool:
    rest = b""
    with archive.open(STRINGS) as stream:
        while chunk := stream.read(CHUNK):
            if TELLING.search(rest + chunk):
                return True
            rest = chunk[-40:]
    return False


def text_in(body: bytes) -> Corrected | None:
    """The text of a cell that holds it itself, if letters of it are struck out or raised."""
    if not TELLING.search(body):
        return None
    reader, parser = _parser()
    end = INLINE_END.search(body)
    try:
        parser.Parse(body[: end.end() if end else len(body)], True)
    except expat.ExpatError:
        return None
    return reader.found.get(0)


def _parser():
    reader, parser = _Reader(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.data
    return reader, parser

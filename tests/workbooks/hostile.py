"""Files that no office should have sent: each with its name and what reading it must come to."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
LINK = '<Relationship Id="rId{}" Type="' + OFFICE + '/{}" Target="{}"/>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK = f'<?xml version="1.0"?><workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{{}}</sheets></workbook>'
SHEET = '<sheet name="{0}" sheetId="{1}" r:id="rId{1}"/>'
HEADINGS = (
    '<row r="1">'
    + "".join(f'<c r="{c}1" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in (("A", "名称"), ("B", "数值")))
    + "</row>"
)
ROW = '<row r="2"><c r="A2" t="inlineStr"><is><t>示例一</t></is></c><c r="B2"><v>1</v></c></row>'
MILLION = 1_000_000


def sheet_xml(rows: str = HEADINGS + ROW, before: str = "", after: str = "") -> str:
    return f'<?xml version="1.0"?><worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(**changed) -> dict[str, str | bytes | None]:
    """A small workbook's parts, by short names; None leaves one out."""
    own = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": LINKS.format(LINK.format(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": BOOK.format(SHEET.format("表", 1)),
        "xl/_rels/workbook.xml.rels": LINKS.format(LINK.format(1, "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet_xml(),
    }
    names = {"types": "[Content_Types].xml", "book": "xl/workbook.xml", "sheet": "xl/worksheets/sheet1.xml"}
    names |= {"links": "xl/_rels/workbook.xml.rels", "strings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
    own |= {names[name]: content for name, content in changed.items()}
    return {name: content for name, content in own.items() if content is not None}


def packed(contents: dict[str, str | bytes] | Iterator, **more: str | bytes) -> bytes:
    file = io.BytesIO()
    pairs = contents.items() if isinstance(contents, dict) else contents
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in (*pairs, *more.items()):
            archive.writestr(name, content)
    return file.getvalue()


def book(extra: dict[str, str | bytes] | None = None, **changed) -> bytes:
    return packed(parts(**changed) | (extra or {}))


def filled(reference: str) -> str:
    return f'<c r="{reference}"><v>1</v></c>'


def zeros(size: int) -> bytes:
    return bytes(size)


def lying(content: bytes) -> bytes:
    """The sizes that the archive states of every part are ten bytes."""
    data, at = bytearray(content), 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 10)
        at += 4
    return bytes(data)


def flagged(content: bytes) -> bytes:
    """Every part marked as encrypted."""
    data = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := data.find(signature, at)) >= 0:
            data[at + offset] |= 1
            at += 4
    return bytes(data)


def overlapping(times: int) -> bytes:
    """One stored part that many entries of the directory point to."""
    content = book({"xl/media/a.bin": zeros(20 * MILLION)})
    end = content.rfind(b"PK\x05\x06")
    start = struct.unpack("<I", content[end + 16 : end + 20])[0]
    directory = content[start:end]
    last = directory[directory.rfind(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"a.bin", b"%c.bin" % (98 + number)) for number in range(times))
    count = struct.unpack("<H", content[end + 10 : end + 12])[0] + times
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory + more), start, 0)
    return content[:start] + directory + more + tail


def ole(name: str = "Workbook") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + name.encode("utf-16-le") + bytes(1024)


def spread() -> bytes:
    """One long text, merged over every row."""
    rows = "".join(f'<row r="{number}">{filled(f"B{number}")}</row>' for number in range(3, 40_000))
    merges = '<mergeCells><mergeCell ref="A2:A40000"/></mergeCells>'
    return book(sheet=sheet_xml(HEADINGS + ROW.replace("示例一", "长" * 30_000) + rows, after=merges))


def png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + f"]><worksheet {MAIN}><sheetData>&j;</sheetData></worksheet>"
)
OUTSIDE = (
    f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><worksheet {MAIN}>&x;</worksheet>'
)
READ = "read"
Case = tuple[str, Callable[[], bytes], set[str]]

# Name of the file, how it is made, and the codes it may end with (READ: harmless, read as it stands).
CASES: list[Case] = [
    ("empty.xlsx", lambda: b"", {"empty"}),
    ("one_byte.xlsx", lambda: b"P", {"text"}),
    ("only_the_magic.xlsx", lambda: b"PK\x03\x04", {"damaged"}),
    ("too_large.xlsx", lambda: b"PK\x03\x04" + zeros(20 * MILLION), {"too_large"}),
    ("old.xls", ole, {"old_format"}),
    ("old_renamed.xlsx", ole, {"old_format"}),
    ("old_renamed.csv", ole, {"old_format"}),
    ("password.xlsx", lambda: ole("EncryptedPackage"), {"encrypted"}),
    ("parts_encrypted.xlsx", lambda: flagged(book()), {"encrypted"}),
    ("text.xlsx", lambda: "名称,数值\n示例,1\n".encode(), {"text"}),
    ("page.xlsx", lambda: b"<html><table><tr><td>1</td></tr></table></html>", {"web_page"}),
    ("page.csv", lambda: b"\xef\xbb\xbf<!DOCTYPE html><html></html>", {"web_page"}),
    ("picture.xlsx", png, {"other_file"}),
    ("picture.csv", png, {"nul"}),
    ("document.xlsx", lambda: b"%PDF-1.7\n" + bytes(100), {"other_file"}),
    (
        "letter.xlsx",
        lambda: packed({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<w/>"}),
        {"other_file"},
    ),
    ("open_document.xlsx", lambda: packed({"mimetype": "x", "content.xml": "<o/>"}), {"other_file"}),
    ("empty_archive.xlsx", lambda: packed({}), {"other_file"}),
    ("cut_short.xlsx", lambda: book()[:-100], {"damaged"}),
    ("cut_in_half.xlsx", lambda: book()[: len(book()) // 2], {"damaged"}),
    ("bit_flipped.xlsx", lambda: book().replace(b"</", b"<\\"), {"damaged", READ}),
    ("bomb.xlsx", lambda: book({"xl/media/a.bin": zeros(1000 * MILLION)}), {"too_much_inside"}),
    ("bomb_as_sheet.xlsx", lambda: book(sheet=sheet_xml(" " * (300 * MILLION))), {"too_much_inside"}),
    (
        "bomb_that_lies.xlsx",
        lambda: lying(book({"xl/media/a.bin": zeros(1000 * MILLION)})),
        {"too_much_inside", "damaged"},
    ),
    ("overlapping_bomb.xlsx", lambda: overlapping(24), {"too_much_inside", "damaged"}),
    ("many_parts.xlsx", lambda: book({f"xl/media/{n}.xml": "<a/>" for n in range(5000)}), {"too_many_parts"}),
    ("absolute_name.xlsx", lambda: book({"/etc/passwd": "x"}), {"part_name"}),
    ("climbing_name.xlsx", lambda: book({"xl/../../a.xml": "<a/>"}), {"part_name"}),
    ("windows_name.xlsx", lambda: book({"xl\\..\\..\\a.xml": "<a/>"}), {"part_name"}),
    ("drive_name.xlsx", lambda: book({"C:/a.xml": "<a/>"}), {"part_name"}),
    (
        "part_twice.xlsx",
        lambda: packed([*parts().items(), ("XL/Worksheets/Sheet1.xml", "<a/>")].__iter__()),
        {"part_name"},
    ),
    ("archive_in_archive.xlsx", lambda: book({"xl/embeddings/a.xlsx": book()}), {READ}),
    ("laughs.xlsx", lambda: book(sheet=BILLION_LAUGHS), {"doctype"}),
    ("reads_a_file.xlsx", lambda: book(sheet=OUTSIDE), {"doctype"}),
    (
        "declared_in_utf16.xlsx",
        lambda: book(sheet=OUTSIDE.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")),
        {"doctype"},
    ),
    ("declared_in_strings.xlsx", lambda: book(strings=OUTSIDE), {"doctype"}),
    ("macros.xlsx", lambda: book({"xl/vbaProject.bin": b"x"}), {"macros"}),
    (
        "macros_by_type.xlsx",
        lambda: book(types=CONTENT_TYPES.replace("spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main")),
        {"macros"},
    ),
    ("binary.xlsx", lambda: packed({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.bin": b"x"}), {"binary_format"}),
    ("invalid_xml.xlsx", lambda: book(sheet=sheet_xml()[:-30]), {"invalid_xml"}),
    ("invalid_strings.xlsx", lambda: book(strings="<sst><si>"), {"invalid_xml"}),
    ("control_character.xlsx", lambda: book(sheet=sheet_xml().replace("示例一", "\x01")), {"invalid_xml"}),
    ("no_sheets.xlsx", lambda: book(book=BOOK.format("")), {"no_sheets"}),
    (
        "many_sheets.xlsx",
        lambda: book(book=BOOK.format("".join(SHEET.format(f"表{n}", n) for n in range(1, 3000)))),
        {"too_many_sheets"},
    ),
    ("sheet_without_part.xlsx", lambda: book(sheet=None), {"invalid_xml"}),
    ("no_workbook.xlsx", lambda: book(book=None), {"no_sheets", "unreadable"}),
    (
        "sheet_points_to_itself.xlsx",
        lambda: book(links=LINKS.format(LINK.format(1, "worksheet", "workbook.xml"))),
        {"unreadable", READ},
    ),
    ("endless_dimension.xlsx", lambda: book(sheet=sheet_xml(before='<dimension ref="A1:XFD1048576"/>')), {READ}),
    (
        "endless_row.xlsx",
        lambda: book(sheet=sheet_xml(HEADINGS + f'<row r="999999999">{filled("A999999999")}</row>')),
        {"too_many_rows"},
    ),
    (
        "number_beyond_all.xlsx",
        lambda: book(sheet=sheet_xml(HEADINGS + f'<row r="{"9" * 400}">{filled("A" + "9" * 400)}</row>')),
        {"too_many_rows", "unreadable"},
    ),
    (
        "far_column.xlsx",
        lambda: book(sheet=sheet_xml(f'{HEADINGS}<row r="2">{filled("XFD2")}</row>')),
        {"too_many_columns"},
    ),
    (
        "far_in_quotes.xlsx",
        lambda: book(
            sheet=sheet_xml(
                f"{HEADINGS}<row r='2'>{filled('XFD2')}</row><row r='1048576'>{filled('A1048576')}</row>".replace(
                    '"', "'"
                )
            )
        ),
        {"too_many_rows", "too_many_columns"},
    ),
    (
        "far_in_disorder.xlsx",
        lambda: book(sheet=sheet_xml(f'{HEADINGS}<row r="2">{filled("XFD1048576")}{filled("A2")}</row>')),
        {"too_much_memory", "too_many_columns"},
    ),
    (
        "unnamed_cells.xlsx",
        lambda: book(sheet=sheet_xml(HEADINGS + "<row>" + "<c><v>1</v></c>" * 300 + "</row>")),
        {"too_many_columns"},
    ),
    ("long.xlsx", lambda: book(sheet=sheet_xml(HEADINGS + "<row><c><v>1</v></c></row>" * 60_000)), {"too_many_rows"}),
    (
        "million_blanks.xlsx",
        lambda: book(
            sheet=sheet_xml(
                HEADINGS + ROW + "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, MILLION))
            )
        ),
        {READ},
    ),
    (
        "million_blanks_in_a_row.xlsx",
        lambda: book(sheet=sheet_xml(HEADINGS + ROW + '<row r="3">' + '<c s="1"/>' * MILLION + "</row>")),
        {READ, "too_many_columns", "unreadable"},
    ),
    (
        "many_merges.xlsx",
        lambda: book(
            sheet=sheet_xml(
                after="<mergeCells>"
                + "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(2, MILLION, 2))
                + "</mergeCells>"
            )
        ),
        {"too_many_merges"},
    ),
    (
        "endless_merge.xlsx",
        lambda: book(sheet=sheet_xml(after='<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>')),
        {"too_many_cells"},
    ),
    (
        "senseless_merge.xlsx",
        lambda: book(sheet=sheet_xml(after='<mergeCells><mergeCell ref="B9:A1"/><mergeCell ref="?"/></mergeCells>')),
        {READ, "unreadable"},
    ),
    ("spread.xlsx", spread, {"too_much_text"}),
    (
        "many_strings.xlsx",
        lambda: book(strings=f"<sst {MAIN}>" + "<si><t/></si>" * (10 * MILLION) + "</sst>"),
        {"too_many_texts"},
    ),
    (
        "enormous_string.xlsx",
        lambda: book(sheet=sheet_xml().replace("示例一", "长" * (30 * MILLION))),
        {"text_too_long", "too_much_memory", "too_many_cells"},
    ),
    ("long_string.xlsx", lambda: book(sheet=sheet_xml().replace("示例一", "长" * 40_000)), {"text_too_long"}),
    (
        "enormous_attribute.xlsx",
        lambda: book(sheet=sheet_xml().replace('r="A2"', f'r="A2" x="{"长" * (30 * MILLION)}"')),
        {"invalid_xml"},
    ),
    (
        "deep.xlsx",
        lambda: book(sheet=sheet_xml("<a>" * MILLION + "</a>" * MILLION)),
        {"too_much_memory", READ, "unreadable"},
    ),
    (
        "string_of_no_number.xlsx",
        lambda: book(sheet=sheet_xml(f'{HEADINGS}<row r="2"><c r="A2" t="s"><v>99999999999999999999</v></c></row>')),
        {"unreadable", READ},
    ),
    (
        "infinite_number.xlsx",
        lambda: book(sheet=sheet_xml(f'{HEADINGS}<row r="2"><c r="A2"><v>1e999</v></c><c r="B2"><v>NaN</v></c></row>')),
        {"unreadable", READ},
    ),
    ("external_links.xlsx", lambda: book({"xl/externalLinks/externalLink1.xml": "<a/>"}), {READ}),
    ("nul.csv", lambda: b"a,b\n1,\x002\n", {"nul"}),
    ("neither_encoding.csv", lambda: b"a,b\n1,\xff\xfe\xff2\n", {"encoding"}),
    ("open_quote.csv", lambda: b'a,b\n"1,2\n3,4\n', {"quotes"}),
    ("wide.csv", lambda: b"a" + b",a" * 300, {"too_many_columns"}),
    ("long.csv", lambda: b"a,b\n" * 60_000, {"too_many_rows"}),
    ("enormous_field.csv", lambda: b"a,b\n1," + b"x" * (5 * MILLION), {"field"}),
    ("only_commas.csv", lambda: b"," * (19 * MILLION), {READ, "too_many_columns", "too_much_memory"}),
]

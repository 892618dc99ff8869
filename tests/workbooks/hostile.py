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


def styles(count: int, inside: str = "") -> str:
    return (
        f'<?xml version="1.0"?><styleSheet {MAIN}>{inside}'
        f'<cellXfs count="{count}">{"<xf/>" * count}</cellXfs></styleSheet>'
    )


def of_formulas(*formulas: str) -> bytes:
    """A formula in each row, with what it was worth when the file was saved."""
    cells = (
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>示例</t></is></c><c r="B{n}"><f>{formula}</f><v>1</v></c></row>'
        for n, formula in enumerate(formulas, start=2)
    )
    return book(sheet=sheet_xml(HEADINGS + "".join(cells)))


def hidden(state: str) -> bytes:
    return book(book=BOOK.format(SHEET.format("表", 1).replace("/>", f' state="{state}"/>')))


def beside(name: str, content: str | bytes = "<a/>") -> Callable[[], bytes]:
    return lambda: book({name: content})


def plain(text: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: text.encode(encoding)


READ = "read"
# What a cell may run when a careless program opens the file: it is read as what it was worth, or as the text it is.
FORMULAS = [
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://127.0.0.1/"&amp;A1)',
    'WEBSERVICE("http://127.0.0.1/")',
    "[1]Sheet1!A1",
    "A2",
    "SUM(A:XFD)",
    'REPT("a",32767)',
    "(" * 5000 + "1" + ")" * 5000,
    "'\\\\127.0.0.1\\a\\[b.xlsx]c'!A1",
]
CELLS_THAT_RUN = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "＝1+1",
    "'=1",
    "\t=1",
    '"甲\n=1"',
    "=" * 30_000,
]
HARMLESS_PARTS = [
    "xl/comments1.xml",
    "xl/media/a.svg",
    "docProps/custom.xml",
    "xl/theme/theme1.xml",
    "customXml/item1.xml",
]
ACTIVE_PARTS = [
    "xl/activeX/activeX1.bin",
    "xl/embeddings/oleObject1.bin",
    "xl/connections.xml",
    "xl/queryTables/queryTable1.xml",
    "xl/macrosheets/sheet1.xml",
    "xl/customUI/customUI.xml",
]
ODD_NAMES = [
    "xl/a\x00.xml",
    "xl/" + "a" * 60_000,
    "xl/" + "a/" * 10_000,
    "xl/\u202exml",
    "xl/中文.xml",
    "//server/share/a.xml",
    "xl/./a.xml",
]
PLAIN_FILES = [
    ("utf16", plain("名称,数值\n示例,1\n", "utf-16"), {READ}),
    ("utf16_without_mark", plain("名称,数值\n示例,1\n", "utf-16-le"), {"utf16"}),
    ("utf32", plain("名称,数值\n示例,1\n", "utf-32"), {"nul", "encoding", "other_file", READ}),
    ("gb18030", plain("名称,数值\n示例,1\n", "gb18030"), {READ}),
    ("big5", plain("名稱,數值\n示例,1\n", "big5"), {READ}),
    ("cut_character", lambda: "名称,数值\n示例".encode()[:-1], {READ, "encoding"}),
    ("surrogates", lambda: "名称\n".encode() + b"\xed\xa0\x80\n", {READ, "encoding"}),
    ("only_a_mark", lambda: b"\xef\xbb\xbf", {"empty", READ}),
    ("only_line_ends", lambda: b"\r\n" * 10_000, {READ, "too_many_rows"}),
    ("only_carriage_returns", lambda: "名称\r示例\r".encode(), {READ}),
    ("only_quotes", lambda: b'"' * MILLION, {READ, "quotes", "field"}),
    ("quote_within", lambda: b'a,b\n1"2,"3"4\n', {READ, "quotes"}),
    ("ragged", lambda: "".join("a," * n + "\n" for n in range(150)).encode(), {READ, "too_many_columns"}),
    ("control_characters", lambda: "名称\n\x01\x02\x1b[31m\n".encode(), {READ, "encoding", "nul"}),
    ("blanks_of_19_mb", lambda: b" " * (19 * MILLION), {READ, "field", "empty"}),
    ("number_without_end", lambda: b"a,b\n1," + b"9" * 900_000 + b"\n", {READ, "text_too_long"}),
    ("semicolons_and_tabs", lambda: "名称;数值\t地区\n示例;1\t2\n".encode(), {READ}),
    ("json", lambda: b'[{"a": 1}]', {READ}),
    ("xml", lambda: b'<?xml version="1.0"?><a/>', {READ, "web_page", "other_file"}),
]
MAGICS = [
    b"\x1f\x8b\x08",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x7fELF",
    b"GIF89a",
    b"{\\rtf1",
    b"\xff\xd8\xff\xe0",
    b"SQLite format 3\x00",
]
OTHER = {"other_file", "unknown_format", "extension", "text", "nul", "encoding", "damaged", "web_page"}
ANY = {
    READ,
    "unreadable",
    "no_sheets",
    "invalid_xml",
    "too_much_inside",
    "too_much_memory",
    "too_many_styles",
    "text_too_long",
    "too_slow",
    "other_file",
    "extension",
    "too_many_texts",
    "too_many_cells",
}
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
    *(
        (f"formula_{n}.xlsx", lambda formula=formula: of_formulas(formula), {READ})
        for n, formula in enumerate(FORMULAS)
    ),
    *((f"formula_{n}.csv", plain(f"名称,数值\n{formula},1\n"), {READ}) for n, formula in enumerate(CELLS_THAT_RUN)),
    *((f"part_{n}.xlsx", beside(name), {READ}) for n, name in enumerate(HARMLESS_PARTS)),
    *((f"active_{n}.xlsx", beside(name), {READ, "macros", "part_name"}) for n, name in enumerate(ACTIVE_PARTS)),
    *((f"named_{n}.xlsx", beside(name), {"part_name", "damaged", READ}) for n, name in enumerate(ODD_NAMES)),
    *((f"{name}.csv", made, codes) for name, made, codes in PLAIN_FILES),
    *((f"magic_{n}.xlsx", lambda begun=begun: begun + bytes(400), OTHER) for n, begun in enumerate(MAGICS)),
    ("hidden_sheet.xlsx", lambda: hidden("hidden"), {READ, "no_sheets"}),
    ("very_hidden_sheet.xlsx", lambda: hidden("veryHidden"), {READ, "no_sheets"}),
    ("chart_sheet.xlsx", lambda: book(links=LINKS.format(LINK.format(1, "chartsheet", "worksheets/sheet1.xml"))), ANY),
    ("sheet_on_the_web.xlsx", lambda: book(links=LINKS.format(LINK.format(1, "worksheet", "http://127.0.0.1/a"))), ANY),
    (
        "sheet_of_the_machine.xlsx",
        lambda: book(links=LINKS.format(LINK.format(1, "worksheet", "file:///etc/passwd"))),
        ANY,
    ),
    ("many_styles.xlsx", lambda: book(styles=styles(MILLION)), ANY),
    ("deep_styles.xlsx", lambda: book(styles=styles(1, "<a>" * 200_000 + "</a>" * 200_000)), ANY),
    ("style_beyond_all.xlsx", lambda: book(sheet=sheet_xml().replace('r="B2"', 'r="B2" s="999999999"')), ANY),
    ("style_below_all.xlsx", lambda: book(sheet=sheet_xml().replace('r="B2"', 'r="B2" s="-1"')), ANY),
    (
        "endless_format.xlsx",
        lambda: book(styles=styles(1, f'<numFmts><numFmt numFmtId="200" formatCode="{"0," * MILLION}"/></numFmts>')),
        ANY,
    ),
    ("blanks_of_100_mb.xlsx", lambda: book(sheet=sheet_xml(HEADINGS + ROW + "\n" * (100 * MILLION))), ANY),
    ("comment_of_100_mb.xlsx", lambda: book(sheet=sheet_xml(HEADINGS + ROW + f"<!--{'x' * (100 * MILLION)}-->")), ANY),
    (
        "string_table_that_refers_to_nothing.xlsx",
        lambda: book(
            sheet=sheet_xml(f'{HEADINGS}<row r="2"><c r="A2" t="s"><v>5</v></c></row>'), strings=f"<sst {MAIN}/>"
        ),
        ANY,
    ),
    (
        "rich_text_without_end.xlsx",
        lambda: book(strings=f"<sst {MAIN}><si>{'<r><t>a</t></r>' * MILLION}</si></sst>"),
        ANY,
    ),
    (
        "open_document.ods",
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<o/>"}),
        OTHER,
    ),
    (
        "binary.xlsb",
        lambda: packed({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.bin": b"x"}),
        {"binary_format", *OTHER},
    ),
    ("macros.xlsm", lambda: book({"xl/vbaProject.bin": b"x"}), {"macros", *OTHER}),
    ("program.exe", lambda: b"MZ" + bytes(4000), OTHER),
    ("no_extension", book, ANY),
    ("two_extensions.csv.xlsx", book, {READ}),
    ("workbook.csv", book, {READ, *OTHER}),
    ("upper.XLSX", book, {READ}),
]

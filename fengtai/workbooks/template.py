"""A workbook to be filled in: headings with notes, drop-downs, rules for dates and numbers, and an example row."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from fengtai.workbooks.data import Cell
from fengtai.workbooks.writing import put

# What a column's cells are before anything is typed. Text keeps 2024-04 from becoming a day and a code from losing
# its digits; figures are printed as published (约3.5亿元) or are numbers.
FORMATS = {"figure": "General", "number": "General", "date": "yyyy-mm-dd"}
HEADER_FILL, EXAMPLE_FILL = PatternFill("solid", fgColor="FF8C2F23"), PatternFill("solid", fgColor="FFEFEFEF")
GREY = "FF767676"
ROWS = 5_000  # that the rules hold for
INLINE = 255  # characters of a drop-down that is written into its rule
NAMED, PROMPTED = 32, 255  # characters of a rule's title and prompt
LARGEST = 10**15
FIRST_DAY = "DATE(1900,1,1)"


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    heading: str
    kind: str = "text"  # text, code, choice, figure, period, number or date
    note: str = ""
    choices: Sequence[str] = ()
    required: bool = False
    example: Cell = None


@dataclass(frozen=True, slots=True)
class Template:
    name: str  # of its list
    version: str
    title: str
    columns: Sequence[TemplateColumn]
    lines: Sequence[str] = ()  # how to fill it in
    label: str = "模板"
    example: str = "示例"
    choices: str = "选项"  # the hidden sheet of long drop-downs


def template_workbook(template: Template) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = template.title[:31]
    top = [template.title, f"{template.label}：{template.name} {template.version}", *template.lines]
    for row, text in enumerate(top, start=1):
        put(sheet, row, 1, text).font = Font(bold=row == 1, size=14 if row == 1 else 10)
    heading = len(top) + 1
    options = _Options(book, template.choices)
    for number, column in enumerate(template.columns, start=1):
        _add_column(sheet, heading, number, column, options)
    _add_example(sheet, heading + 1, template)
    sheet.freeze_panes = sheet.cell(heading + 1, 2)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add_column(sheet: Worksheet, row: int, number: int, column: TemplateColumn, options: "_Options"):
    cell = put(sheet, row, number, f"{column.heading} *" if column.required else column.heading)
    cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), HEADER_FILL
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    if column.note:
        cell.comment = Comment(column.note, column.heading, height=60 + 10 * len(column.note) // 12, width=240)
    letter = get_column_letter(number)
    sheet.column_dimensions[letter].width = max(12, 2 * len(column.heading) + 4)
    sheet.column_dimensions[letter].number_format = FORMATS.get(column.kind, "@")
    if rule := _rule(column, options):
        rule.promptTitle, rule.prompt = column.heading[:NAMED], column.note[:PROMPTED] or None
        rule.showErrorMessage = rule.showInputMessage = rule.allow_blank = True
        rule.add(f"{letter}{row + 2}:{letter}{row + 1 + ROWS}")
        sheet.add_data_validation(rule)


def _rule(column: TemplateColumn, options: "_Options") -> DataValidation | None:
    if column.choices:
        # A warning, not a stop: what the list lacks may be right, and is asked about when the file comes back.
        return DataValidation(type="list", formula1=options.formula(column), errorStyle="warning")
    if column.kind == "number":
        return DataValidation(type="decimal", operator="between", formula1=str(-LARGEST), formula2=str(LARGEST))
    if column.kind == "date":
        return DataValidation(type="date", operator="greaterThanOrEqual", formula1=FIRST_DAY)
    return None


class _Options:
    """The choices of drop-downs: short ones in the rule, long ones in a column of a hidden sheet."""

    def __init__(self, book: Workbook, title: str):
        self.book, self.title, self.sheet = book, title, None

    def formula(self, column: TemplateColumn) -> str:
        choices = list(column.choices)
        listed = ",".join(choices)
        if len(listed) <= INLINE and not any(mark in choice for choice in choices for mark in ',"'):
            return f'"{listed}"'
        if self.sheet is None:
            self.sheet = self.book.create_sheet(self.title)
            self.sheet.sheet_state = "hidden"
        number = self.sheet.max_column + (self.sheet.cell(1, 1).value is not None)
        for row, text in enumerate([column.heading, *choices], start=1):
            put(self.sheet, row, number, text)
        letter = get_column_letter(number)
        return f"'{self.title}'!${letter}$2:${letter}${len(choices) + 1}"


def _add_example(sheet: Worksheet, row: int, template: Template):
    """An invented row; its first cell says so, and by that it is left out when the file is read."""
    for number, column in enumerate(template.columns, start=1):
        cell = put(sheet, row, number, template.example if number == 1 else column.example)
        cell.font, cell.fill = Font(italic=True, color=GREY), EXAMPLE_FILL
        cell.number_format = FORMATS.get(column.kind, "@")

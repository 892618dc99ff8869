"""What a row says that has no place in the list, kept in the record's remark on a person's word: 租金：83~168."""

from fengtai.importing.reading.cells import is_blank
from fengtai.importing.reading.sheets import OpenSheet, shown
from fengtai.importing.reading.words import line

REMARK = "remark"  # the field, of every list that has one


def keeps(declared) -> bool:
    """Whether a list has a remark."""
    return getattr(declared.fields.get(REMARK), "attribute", "") == REMARK


def keep_in_remark(sheet: OpenSheet, row, reading) -> None:
    """Adds the row's lines to what the remark is to say; one that stands there already is not added again."""
    cells = ((column, row.cells.get(column.number)) for column in sheet.kept)
    found = [line(column.heading, shown(cell)) for column, cell in cells if not is_blank(cell)]
    lines = dict.fromkeys([*reading.kept, *found])
    if not lines or reading.plan.has_errors or not keeps(sheet.declared):
        return
    said = str(reading.now(REMARK) or "")
    fresh = [each for each in lines if each not in said.splitlines()]
    reading.item.values.pop(REMARK, None)
    reading.set(REMARK, "\n".join(filter(None, (said, *fresh))))

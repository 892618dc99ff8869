"""Finds the heading row below titles and notes, and tells rows of data from totals, signatures and notes."""

from fengtai.workbooks.data import Cell, Heading, RowData, SheetData, Skipped


def lay_out(name: str, rows: list[dict[int, Cell]], vocabulary: frozenset[str] = frozenset()) -> SheetData:
    filled = [(number, cells) for number, cells in enumerate(rows, start=1) if cells]
    top = max(filled[:20], key=lambda item: len(item[1]), default=(0, {}))
    headings = [Heading(column, str(text)) for column, text in sorted(top[1].items())]
    skipped = [Skipped(number, "title", str(next(iter(cells.values())))) for number, cells in filled if number < top[0]]
    below = [(number, cells) for number, cells in filled if number > top[0]]
    totals = [number for number, cells in below if str(next(iter(cells.values()))).startswith(("合计", "填报人"))]
    kept = [RowData(number, cells) for number, cells in below if number not in totals]
    skipped += [Skipped(number, "total", "合计") for number in totals]
    return SheetData(name=name, headings=headings, rows=kept, skipped=skipped)

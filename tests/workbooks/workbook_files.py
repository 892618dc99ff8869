"""Small workbooks as offices lay them out, made by openpyxl."""

import io
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook

Rows = Iterable[Iterable]
LEFT_BLANK = "填报说明：按公开来源原文填写，来源未写的留空"


def workbook(*sheets: tuple[str, Rows], merged: Iterable[str] = ()) -> Workbook:
    """Sheets by name; `merged` is for the first."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    return book


def saved(book: Workbook, folder: Path, name: str = "book.xlsx") -> Path:
    book.save(folder / name)
    return folder / name


def content(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_sent() -> Workbook:
    """The layout of the lists that work groups send, with a total, signatures and a sheet of sources."""
    headings = ["序号", "单位名称", "身份", "投资额（万元）", "地区", "来源编号", "备注"]
    rows = [
        ["单位名录"],
        [LEFT_BLANK],
        headings,
        ["P001", "示例甲公司", "签约单位", 1200, "北京市丰台区", "W02", "由项目名推出"],
        ["P002", "示例乙公司（北京）", "签约单位", "约3亿元", None, "W02", "同上"],
        ["P003", "合计伙伴科技公司", "“链主”企业", None, None, "W66", None],
        ["合计", "3条"],
        [None, "填报人：", None, "审核人："],
    ]
    sources = [["来源编号", "标题", "发布日期"], ["W02", "示例报道", "2021-07-19"], ["W66", "示例名单", "2023-06"]]
    return workbook(("单位名录", rows), ("来源", sources), merged=["A1:G1", "A2:G2", "E4:E6"])

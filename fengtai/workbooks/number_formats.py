"""Which number formats of a workbook change what a number says, and what they print beside it."""

import re
import zipfile

from fengtai.workbooks.archive_parts import tags
from fengtai.workbooks.cells import MONTH, PER_CENT, YEAR

PERCENT, MONTHS = {"9", "10"}, {"17", "27", "36", "50", "52", "57"}  # built-in formats
LITERAL = re.compile(r'[#,]*[0#]+(?:\.[0#]+)?"([^"]*[\u4e00-\u9fff%][^"]*)"_?\s*')
LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")  # [$US$-409] stands for US$, [$-804] for nothing
FOREIGN = re.compile(r"US\$|\$|€|£")
CURRENCIES = {"US$": "美元", "$": "美元", "€": "欧元", "£": "英镑"}


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

"""The unit that the heading of a section states for the rows below: 二、基础设施类（万元）, 单位：亿元."""

from functools import lru_cache

from fengtai.workbooks.data import WITHIN
from fengtai.workbooks.heading_texts import fits, is_about_other, unit_in
from fengtai.workbooks.row_kinds import units_in


@lru_cache(maxsize=4096)
def unit_of_section(section: str, heading: str) -> str:
    """The unit that holds for a column, of the inmost section that states one; 万元 says nothing of its areas."""
    for text in reversed(section.split(WITHIN)):
        stated = units_in(text) or [unit for unit in [unit_in(text)] if unit]
        if len(stated) == 1 and not is_about_other(stated[0], heading):
            return stated[0]
        if unit := next((unit for unit in stated if len(stated) > 1 and fits(unit, heading)), ""):
            return unit
    return ""

"""A text read together with the unit that its column declares."""

import re

from fengtai.values.figure_amounts import has_large_scale, numeral_of
from fengtai.values.figure_pattern import FOLD
from fengtai.values.figure_reading import Reading, read
from fengtai.values.figure_refusals import Code, FigureError
from fengtai.values.figure_words import MEANING_AFTER, MEANING_BEFORE
from fengtai.values.numerals import CHANGE_IDIOMS
from fengtai.values.units import DECLARED, is_known, split_unit, unit_of


def read_in_column(printed: str, unit: str) -> Reading:
    """Reads a text; `unit` is what its column declares (亿元, 家), or "" where it declares none."""
    if not unit:
        return read(printed)
    split = split_unit(unit.translate(FOLD))
    if not split or split[1] in MEANING_BEFORE or split[1] in MEANING_AFTER:
        raise FigureError(Code.UNIT, printed, unit)
    scale, name = split
    if not name or is_known(name):
        return _read_in_unit(printed, scale, name)
    try:
        reading = _read_in_unit(printed.replace(name, DECLARED), scale, DECLARED)
    except FigureError as error:
        raise FigureError(error.code, printed, error.part.replace(DECLARED, name)) from None
    return reading._replace(printed=reading.printed.replace(DECLARED, name), unit=reading.unit.replace(DECLARED, name))


def _read_in_unit(printed: str, scale: str, name: str) -> Reading:
    reading = read(printed)
    if reading.match is None:
        return reading
    base = unit_of(name).base if name else ""
    if reading.match["idiom"] in CHANGE_IDIOMS and reading.value == 0:
        return reading._replace(unit=base)  # 持平 is no change, of whatever the column counts
    if reading.unit:
        if reading.unit != base or (scale and not reading.piece("unit", "idiom", "low_unit")):
            raise FigureError(Code.CONFLICT, printed, reading.piece("unit", "idiom", "front"))
        return reading
    composed = read(_with_unit(reading, scale, name))
    if composed.unit != base:
        raise FigureError(Code.CONFLICT, printed, name)
    return composed


def _with_unit(reading: Reading, scale: str, name: str) -> str:
    """The unit goes where the source would have printed it: 300余家, 30亿元（拟投资）, 5万元以上."""
    match = reading.match
    numeral = numeral_of(match)
    if scale and has_large_scale((match["low"] or "") + numeral):
        if not re.search(f"[0-9]{scale}$", numeral):
            raise FigureError(Code.CONFLICT, reading.printed, reading.piece("number"))
        scale = ""  # 3.5亿 in a column of 亿元 is 3.5亿元
    at = match.end("scale" if match["odd"] else "number")
    return reading.printed[:at] + scale + name + reading.printed[at:]

"""Which units a figure may be in: those in which one thing is counted fit each other, all others do not."""

from collections.abc import Collection, Iterator

from fengtai.values.figure_pattern import FOLD
from fengtai.values.figure_refusals import Code, FigureError
from fengtai.values.units import CURRENCIES, is_known, split_unit, unit_of

# Units of which sources use one for another: the number stays the same, or is converted exactly.
FAMILIES = [
    tuple(line.split())
    for line in """
    平方米 亩
    家 户 个 企
    人 名 位 个
    项 件 个
    栋 幢 座 个
    公里 千米
    千克 公斤
    千瓦时 度
    """.strip().splitlines()
]
AREAS = FAMILIES[0]
UNSCALED = {"%", "‰", "倍", "亩", "个百分点", "个千分点", "个基点"}  # said without 万 and 亿
LISTED = 8  # units in a message


def units_like(unit: str) -> tuple[str, ...]:
    """The base units in which a figure fits what is counted in a unit (亿元, 万家); none where that says nothing."""
    split = split_unit(unit.strip().translate(FOLD))
    if not split or not split[1]:
        return ()
    base = unit_of(split[1]).base if is_known(split[1]) else split[1]
    others = [other for family in FAMILIES if base in family for other in family]
    return tuple(dict.fromkeys((base, *others)))


def require_unit(figure, units: Collection[str]) -> None:
    """Refuses a figure that is in none of some units, with those in which it might be. Raises FigureError."""
    if figure is None or figure.value is None or not units or figure.unit in units:
        return
    code = Code.UNFIT if figure.unit else Code.NO_UNIT
    raise FigureError(code, figure.printed, figure.printed, "、".join(_as_printed(units)))


def _as_printed(units: Collection[str]) -> Iterator[str]:
    """As sources print them: the first also by ten thousands and hundred millions."""
    first, *others = units
    scaled = [f"{scale}{first}" for scale in ("万", "亿")] if first not in UNSCALED else []
    if first not in CURRENCIES:
        scaled = scaled[:1]
    shown = [first, *scaled, *others]
    yield from shown[:LISTED]
    if len(shown) > LISTED:
        yield "…"

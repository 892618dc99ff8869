"""Published figures of indicators as values to compare: read from the database, or from the columns of a list."""

from django.db.models import F

from indicators.models import Observation
from indicators.series import Stated

PARTS = ("pk", "scope", "period", "value", "growth", "vintage", "supersedes", "growth_basis", "coverage")
READ = {name: Observation._meta.get_field(name).from_stored for name in ("period", "value", "growth")}


def parts() -> list:
    """The database columns from which `stated` makes its values."""
    return [F(name) for name in PARTS]


def stated(row: tuple, *, growth: bool = False) -> Stated:
    """The figure, or the growth, of a row of these columns; its value is None where the row states none."""
    key, scope, period, figure, change, vintage, replaces, basis, coverage = row
    value = READ["growth"](_text(change)) if growth else READ["value"](_text(figure))
    about = {"basis": basis if growth else "", "coverage": coverage}
    return Stated(key, scope, READ["period"](_text(period)), value, vintage, replaces, **about)


def _text(value) -> str:
    return "" if value is None else str(value)

"""Which rows hold a text that nothing reads as the figure or period that it should be, told in SQL.

An index of these few rows alone is put on under the same words (`rare_indexes.py`), by which it is known again.
"""

from functools import cache

from fengtai.records.fields import FigureField, PeriodField
from fengtai.values.figures import Bound
from fengtai.values.periods import NOTHING_STATED, Kind

STROKES = ("", "-", "--", "–", "—", "——", "…", "……")  # figures that are read as "not given"
NEVER_READ = {FigureField: ("bound", ("", Bound.NOT_GIVEN)), PeriodField: ("kind", (Kind.NOT_STATED,))}
SAYS_NOTHING = {FigureField: STROKES, PeriodField: sorted(NOTHING_STATED)}


@cache
def unread_sql(model, prefix: str = "") -> str:
    """The condition, with what stands before each column; empty for a model without such texts."""
    return " OR ".join(
        f"({prefix}{field.column} NOT IN ({_listed(SAYS_NOTHING[kind])})"
        f" AND {prefix}{field.column}_{NEVER_READ[kind][0]} IN ({_listed(NEVER_READ[kind][1])}))"
        for field in model._meta.local_concrete_fields
        for kind in NEVER_READ
        if isinstance(field, kind)
    )


def _listed(texts) -> str:
    """Texts of our own as SQL writes them; none holds a quote."""
    return ", ".join(f"'{text}'" for text in texts)

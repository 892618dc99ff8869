"""Which rows hold a text that nothing reads as the figure or period that it should be, told in SQL.

An index of these few rows alone is put on under the same words (`rare_indexes.py`), by which it is known again.
"""

from functools import cache

from fengtai.records.as_indexed import AsIndexed
from fengtai.records.fields import FigureField, PeriodField
from fengtai.values.figures import Bound
from fengtai.values.periods import NOTHING_STATED, Kind

STROKES = ("", "-", "--", "–", "—", "——", "…", "……")  # figures that are read as "not given"
# Those that a person had kept say so; of others, which an earlier release could read, it is told by what they lack.
NEVER_READ = {
    FigureField: ("bound", ("", Bound.NOT_GIVEN, Bound.UNREAD)),
    PeriodField: ("kind", (Kind.NOT_STATED, Kind.UNREAD)),
}
SAYS_NOTHING = {FigureField: STROKES, PeriodField: sorted(NOTHING_STATED)}


def unread_rows(model) -> AsIndexed | None:
    """The condition; None for a model without such texts."""
    sql, columns = _condition(model)
    return AsIndexed(sql, *columns) if columns else None


def unread_sql(model) -> str:
    """The same as an index is told; empty for a model without such texts."""
    sql, columns = _condition(model)
    return sql.format(*columns)


@cache
def _condition(model) -> tuple[str, list[str]]:
    parts, columns = [], []
    for field in model._meta.local_concrete_fields:
        for kind in (kind for kind in NEVER_READ if isinstance(field, kind)):
            part, codes = NEVER_READ[kind]
            parts.append(f"({{}} NOT IN ({_listed(SAYS_NOTHING[kind])}) AND {{}} IN ({_listed(codes)}))")
            columns += [field.name, f"{field.name}_{part}"]
    return " OR ".join(parts), columns


def _listed(texts) -> str:
    """Texts of our own as SQL writes them; none holds a quote or a brace."""
    return ", ".join(f"'{text}'" for text in texts)

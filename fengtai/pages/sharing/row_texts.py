"""What the columns of one row say, as texts."""

from fengtai.lists.rows import row_reader
from fengtai.lists.tables import COMMON
from fengtai.records.printing import PRINTED, in_words


def row_texts(table, key: int) -> dict[str, str]:
    """By column, of what its list page shows beside its label; a published value with what it says in English."""
    told = {name: column for name, column in table.declared(detail=False).items() if name not in COMMON}
    columns = {name: column for name, column in told.items() if not getattr(column, "itself", False)}
    for _key, values in row_reader(table, tuple(columns)).read([key]):
        texts = {name: _text(*pair) for (name, *pair) in zip(columns, columns.values(), values, strict=True)}
        return {name: text for name, text in texts.items() if text}
    return {}


def _text(column, value) -> str:
    """As files hold it, where the first of several cells tells a value as printed."""
    value = getattr(value, "figure", value)  # of a figure that another record holds
    if isinstance(value, PRINTED):
        return in_words(value)
    cell = column.cells(value)[0]
    return "" if cell is None else str(cell)

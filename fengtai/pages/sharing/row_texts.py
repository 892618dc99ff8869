"""What the columns of one row say, as texts."""

from fengtai.downloads.file_rows import batches
from fengtai.downloads.fillers import sheet_filler
from fengtai.lists.tables import COMMON


def row_texts(table, key: int) -> dict[str, str]:
    """By column, of what its list page shows beside its label; the first of several cells tells a value as printed."""
    told = {name: column for name, column in table.declared(detail=False).items() if name not in COMMON}
    columns = {name: column for name, column in told.items() if not getattr(column, "itself", False)}
    fillers = [sheet_filler(column, table.model(), name) for name, column in columns.items()]
    for batch in batches(table, tuple(columns), [key]):
        cells = (made[0] for made in batch.filled([_first(fill) for fill in fillers]))
        return {name: str(cell) for name, cell in zip(columns, cells, strict=True) if cell not in (None, "")}
    return {}


def _first(fill):
    return lambda selected: fill(selected)[0]

"""Figures of a list's rows as links to what proves them, on the page of each row."""

from fengtai.lists.citation_columns import CitationsColumn
from fengtai.lists.columns import Column
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.part_proofs import OWNER, has_figures
from fengtai.lists.value_columns import FigureColumn, PeriodColumn
from fengtai.records.links import public_pages
from fengtai.records.printing import proved_html

FIELD = 4  # of the parts of a citation


class RowProofs:
    """Which cells of a table are such links: every figure, and a period where a source is named for it."""

    def __init__(self, model, columns: dict[str, Column]):
        self.before, self.after = public_pages(model).around()
        shown = {name: (position, column) for position, (name, column) in enumerate(columns.items())}
        public = {name: both for name, both in shown.items() if self.before and not both[1].staff}
        self.figures = [(at, name) for name, (at, column) in public.items() if _proves(column)]
        self.periods = [(at, name) for name, (at, column) in public.items() if isinstance(column, PeriodColumn)]
        self.citations = next((at for at, column in public.values() if isinstance(column, CitationsColumn)), None)
        self.parts = [
            at
            for name, (at, column) in public.items()
            if isinstance(column, RecordsColumn) and has_figures(column, model, name)
        ]
        self.some = bool(self.figures or self.parts or (self.periods and self.citations is not None))

    def link(self, key: int, parts: list, cells: list[str]) -> None:
        """Makes the links of one row; `parts` is what the database holds of it, `cells` the HTML made of that."""
        start = f"{self.before}{key}{self.after}#"
        cited = {proof[FIELD] for proof in parts[self.citations]} if self.citations is not None else ()
        periods = [(at, name) for at, name in self.periods if name in cited] if cited else []
        for at, name in (*self.figures, *periods):
            if parts[at][0]:
                cells[at] = proved_html(cells[at], f"{start}{name}")
        for at in self.parts:
            cells[at] = cells[at].replace(OWNER, start)


def _proves(column: Column) -> bool:
    """Whether it is a figure of the row's own; one that another record holds leads there by itself."""
    return isinstance(column, FigureColumn) and not column.leads_on

"""A figure in the list of indicators: it stands on the page of the observation that holds it, and leads there."""

from typing import NamedTuple

from django.db.models import F
from django.utils.safestring import mark_safe

from fengtai.lists.value_columns import FigureColumn
from fengtai.records.links import not_stated, public_pages
from fengtai.values.figures import Figure
from fengtai.values.growths import Growth
from indicators.models import Observation


class Held(NamedTuple):
    """A figure, and the key of the observation that holds it."""

    figure: Figure | Growth
    holder: int


class LatestColumn(FigureColumn):
    """Read along the link `latest`; the key of the observation is read with it, last."""

    leads_on = True

    def select(self, model, name):
        return [*super().select(model, name), F("latest__pk")]

    def reader(self, model, name):
        read = super().reader(model, name)
        return lambda values: Held(figure, values[-1]) if (figure := read(values[:-1])) is not None else None

    def html(self, value):
        """On the site a link to the words that state it; staff go by the row."""
        if value is None:
            return not_stated()
        shown = super().html(value.figure)
        if self.staff:
            return shown
        place = str(self.accessor).removeprefix("latest__")
        return mark_safe(
            f'<a class="proved" href="{public_pages(Observation).address(value.holder)}#{place}">{shown}</a>'
        )

    def cells(self, value):
        return super().cells(value and value.figure)

    def data(self, value):
        return super().data(value and value.figure)

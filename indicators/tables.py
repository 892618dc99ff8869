"""The columns of the list of published figures."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import ChoiceColumn, Column, LabelColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.tables import Headline, RecordTable
from fengtai.lists.value_columns import FigureColumn, PeriodColumn
from indicators.models import Observation


class ObservationTable(RecordTable):
    indicator = RecordColumn(verbose_name=_("indicator"), itself=True, show="indicator", sort=("indicator__sort_key",))
    scope = LabelColumn(sort=("scope__sort_key",))
    period = PeriodColumn()
    value = FigureColumn()
    growth = FigureColumn()
    comparison = Column()
    vintage = ChoiceColumn()
    growth_basis = ChoiceColumn(detail_only=True)
    coverage = Column(detail_only=True)
    definition = Column(accessor="indicator__definition", verbose_name=_("definition"), detail_only=True)
    nature = ChoiceColumn(accessor="indicator__nature", verbose_name=_("nature"), detail_only=True)
    category = ChoiceColumn(accessor="indicator__category", verbose_name=_("category"), detail_only=True)
    supersedes = RecordColumn(detail_only=True)
    reason = Column(detail_only=True)

    title = _("Economic indicators")
    intro = _("Figures exactly as published. Inexact ones are never added or ranked, and growth is never recomputed.")
    card = "indicators/_observation_card.html"

    class Meta:
        model = Observation
        fields = ()

    @classmethod
    def siblings(cls, record):
        same = cls.rows().filter(indicator=record.indicator_id, scope=record.scope_id).exclude(pk=record.pk)
        return same.order_by("period_start", "pk")

    @classmethod
    def headlines(cls):
        """One card for each indicator."""
        found: dict[int, Observation] = {}
        for row in cls.rows().for_the_home_page().select_related("indicator", "scope"):
            found.setdefault(row.indicator_id, row)
        return [
            Headline(row.indicator.headline, _told(row), row.value, row.growth, row.period, row)
            for row in found.values()
        ]


def _told(row: Observation) -> str:
    """Of what area it speaks is said where that is another than on the other cards."""
    name = str(row.indicator)
    return gettext("%(name)s (%(scope)s)") % {"name": name, "scope": row.scope} if row.is_elsewhere else name

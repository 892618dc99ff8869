"""The columns of the lists of indicators and of published figures."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.lists.citation_columns import CitationsColumn
from fengtai.lists.columns import ChoiceColumn, Column, LabelColumn
from fengtai.lists.numbered_columns import NumberedRecordColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.tables import Headline, RecordTable
from fengtai.lists.value_columns import FigureColumn, PeriodColumn, UnitColumn
from indicators.charts import ObservationCharts
from indicators.latest_column import LatestColumn
from indicators.line_column import LineColumn
from indicators.models import Indicator, Observation
from indicators.revision_words import revision_in_words

Nature = Indicator.Nature


class IndicatorTable(RecordTable):
    name = RecordColumn(verbose_name=_("indicator"), itself=True, sort=("sort_key",))
    latest = LatestColumn(accessor="latest__value", verbose_name=_("latest value"), sort=())
    growth = LatestColumn(accessor="latest__growth", verbose_name=_("growth"), sort=())
    period = PeriodColumn(accessor="latest__period", verbose_name=_("period"), sort=())
    scope = LabelColumn(accessor="latest__scope", verbose_name=_("scope"), sort=())
    line = LineColumn(accessor="observations", verbose_name=_("earlier values"))
    category = ChoiceColumn()
    unit = UnitColumn(detail_only=True)
    nature = ChoiceColumn(detail_only=True)
    frequency = ChoiceColumn(detail_only=True)
    definition = Column(detail_only=True)
    part_of = RecordColumn(detail_only=True, applies="part_of")
    code = Column(detail_only=True)
    name_en = Column(detail_only=True, applies="name_en")
    other_names = Column(detail_only=True, applies="other_names")
    sources = CitationsColumn(verbose_name=_("source"), detail_only=True)

    title = _("Economic indicators")
    import_title = _("Definitions of indicators")
    import_names = ("indicator-definitions",)  # files of figures have always been brought as "indicators"
    asked_as = _("indicators statistics")
    charts = (ObservationCharts(),)
    told_above = ("name", "latest", "growth", "period", "scope", "line", "code")  # the code in its address
    intro = _("What is measured, each with its latest figure as published; a page each, with all figures before it.")

    class Meta:
        model = Indicator
        fields = ()

    @classmethod
    def base(cls):
        return super().base().with_latest()

    @classmethod
    def rows(cls):
        return super().rows().with_latest()

    @classmethod
    def beside(cls, record):
        from indicators.telling import told_of  # which asks for the lists of the site, of which this is one

        return told_of(record)

    @classmethod
    def headlines(cls):
        """One card for each indicator that has a place on the home page."""
        found: dict[int, Observation] = {}
        for row in Observation.objects.public().for_the_home_page().select_related("indicator", "scope"):
            found.setdefault(row.indicator_id, row)
        return [
            Headline(row.indicator.headline, _told(row), row.value, row.growth, row.period, row, subject=row.indicator)
            for row in found.values()
        ]


def _told(row: Observation) -> str:
    """Of what area it speaks is said where that is another than on the other cards."""
    name = str(row.indicator)
    return gettext("%(name)s (%(scope)s)") % {"name": name, "scope": row.scope} if row.is_elsewhere else name


class ObservationTable(RecordTable):
    indicator = RecordColumn(verbose_name=_("indicator"), itself=True, show="indicator", sort=("indicator__sort_key",))
    scope = LabelColumn(sort=("scope__sort_key",))
    period = PeriodColumn()
    value = FigureColumn(applies=lambda said: said["nature"] is None or said["nature"][0] != Nature.GROWTH_ONLY)
    growth = FigureColumn()
    comparison = Column(applies="comparison")
    vintage = ChoiceColumn()
    growth_basis = ChoiceColumn(detail_only=True, applies="growth")
    coverage = Column(detail_only=True, applies="coverage")
    code = Column(accessor="indicator__code", verbose_name=_("code of the indicator"), detail_only=True)
    definition = Column(
        accessor="indicator__definition", verbose_name=_("definition"), detail_only=True, applies="definition"
    )
    nature = ChoiceColumn(accessor="indicator__nature", verbose_name=_("nature"), detail_only=True, applies="nature")
    category = ChoiceColumn(
        accessor="indicator__category", verbose_name=_("category"), detail_only=True, applies="category"
    )
    supersedes = NumberedRecordColumn(detail_only=True, applies="supersedes")
    superseded_by = NumberedRecordColumn(verbose_name=_("replaced by"), detail_only=True, applies="superseded_by")
    reason = Column(detail_only=True, applies="reason")

    title = _("Published figures")
    intro = _("Figures exactly as published. Inexact ones are never added or ranked, and growth is never recomputed.")
    asked_as = _("figures data")
    beside_figures = ("scope", "period", "vintage", "growth_basis", "coverage", "supersedes", "reason")
    import_names = ("observations", "indicators")
    told_above = ("code", "superseded_by")
    card = "indicators/_observation_card.html"

    class Meta:
        model = Observation
        fields = ()

    @classmethod
    def siblings(cls, record):
        """Those of the same indicator and scope that no chain of revisions joins to it."""
        same = cls.rows().filter(indicator=record.indicator_id, scope=record.scope_id)
        return same.exclude(pk__in=[one.pk for one in record.chain]).order_by("period_start", "pk")

    @classmethod
    def revised(cls, record):
        older = cls.loaded(cls.rows()).filter(pk=record.supersedes_id).first() if record.supersedes_id else None
        return older and (older, revision_in_words(older, record))

"""The columns of the lists of places and projects."""

from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import ChoiceColumn, Column
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.sentences import Clause
from fengtai.lists.tables import RecordTable
from fengtai.lists.value_columns import FigureColumn, PeriodColumn
from fengtai.pages.charts.declared import ChoiceChart
from partners.tables.clauses import ALSO_CALLED, IN, IN_INDUSTRY, LISTED
from projects.models import Place, Project
from projects.models.stages import Stage
from projects.stage_column import StagesColumn


class PlaceTable(RecordTable):
    name = RecordColumn(itself=True, sort=("sort_key",))
    kind = ChoiceColumn()
    area = FigureColumn()
    area_kind = ChoiceColumn(applies="area")
    name_en = Column(detail_only=True, applies="name_en")
    area_kind_as_printed = Column(detail_only=True, applies="area_kind_as_printed")
    further_areas = RecordsColumn(verbose_name=_("further areas"), detail_only=True, applies="further_areas")
    entries = RecordsColumn(verbose_name=_("rosters"), show="roster", links_to="roster")
    location = Column()
    region = Column()
    parent = RecordColumn(sort=("parent__sort_key",), applies="parent")
    organisations = RecordsColumn(detail_only=True)
    honours = RecordsColumn(detail_only=True, applies="honours")
    kind_as_printed = Column(detail_only=True, applies="kind_as_printed")
    as_of = PeriodColumn(detail_only=True, applies="as_of")
    other_names = Column(detail_only=True, applies="other_names")

    sentences = (
        (
            Clause.of("kind_as_printed", "kind"),
            Clause.of("location", phrase=IN),
            Clause.of("region", phrase=IN),
            Clause.of("parent", phrase=_("part of %(fact)s")),
        ),
        (Clause.of("entries", phrase=LISTED), Clause.of("honours", phrase=_("honoured as %(fact)s"))),
        (Clause.of("organisations", phrase=_("organisations there: %(fact)s")),),
        (Clause.of("other_names", phrase=ALSO_CALLED),),
    )
    beside_figures = ("area_kind", "area_kind_as_printed", "as_of")
    intro = _("Buildings, parks and areas. The kind is what a list calls them, never guessed from the name.")
    thing, thing_says = "Place", {"address": "location"}
    asked_as = _("buildings parks")

    class Meta:
        model = Place
        fields = ()


class ProjectTable(RecordTable):
    project = RecordColumn(verbose_name=_("project"), itself=True, sort=("sort_key",))
    kind = ChoiceColumn()
    parties = RecordsColumn(verbose_name=_("parties"), links_to="organisation")
    amounts = RecordsColumn(verbose_name=_("amounts stated"))
    floor_area = FigureColumn()
    name_en = Column(detail_only=True, applies="name_en")
    floor_area_of = Column(detail_only=True, applies="floor_area_of")
    scale = Column(detail_only=True, applies="scale")
    industries = RecordsColumn()
    location = Column()
    place = RecordColumn(sort=("place__sort_key",), detail_only=True, applies="place")
    stage = ChoiceColumn(
        accessor="current_stage", choices=Stage.choices, verbose_name=_("current stage"), sort=("stage_rank",)
    )
    status = ChoiceColumn()
    entries = RecordsColumn(verbose_name=_("rosters"), show="roster", links_to="roster")
    stages = StagesColumn(verbose_name=_("stages reached"), detail_only=True, applies="stages")
    claim = Column(detail_only=True, applies="claim")
    summary = Column(detail_only=True, applies="summary")
    region = Column(detail_only=True, applies="region")
    other_names = Column(detail_only=True, applies="other_names")

    sentences = (
        (
            Clause.of("claim"),
            Clause.of("kind", phrase=_("%(fact)s project")),
            Clause.of("place", "location", phrase=IN),
            Clause.of("region", phrase=IN),
            Clause.of("industries", phrase=IN_INDUSTRY),
        ),
        (
            Clause.of("parties", phrase=_("parties: %(fact)s")),
            Clause.of("stage", phrase=_("at the stage %(fact)s")),
            Clause.of("status"),
            Clause.of("entries", phrase=LISTED),
        ),
        (Clause.of("summary"),),
        (Clause.of("other_names", phrase=ALSO_CALLED),),
    )
    beside_figures = ("floor_area_of", "scale", "stage")
    charts = (ChoiceChart("stage", kind="funnel", title=_("Projects on file by the stage they stand at")),)
    intro = _("Projects promoted, signed or announced. What a source says of several together stands with the list.")
    asked_as = _("signings investments")

    class Meta:
        model = Project
        fields = ()

    @classmethod
    def base(cls):
        return super().base().with_stage()

    @classmethod
    def rows(cls):
        return super().rows().with_stage()

    @classmethod
    def loaded(cls, rows):
        return super().loaded(rows).prefetch_related("parties__organisation")

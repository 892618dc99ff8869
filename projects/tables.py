"""The columns of the lists of places and projects."""

from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import ChoiceColumn, Column
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.tables import RecordTable
from fengtai.lists.value_columns import FigureColumn, PeriodColumn
from projects.models import Place, Project
from projects.models.stages import Stage


class PlaceTable(RecordTable):
    name = RecordColumn(itself=True, sort=("sort_key",))
    kind = ChoiceColumn()
    area = FigureColumn()
    area_kind = ChoiceColumn()
    area_kind_as_printed = Column(detail_only=True)
    further_areas = RecordsColumn(verbose_name=_("further areas"), detail_only=True)
    entries = RecordsColumn(verbose_name=_("rosters"), show="roster", links_to="roster")
    location = Column()
    region = Column()
    parent = RecordColumn(sort=("parent__sort_key",))
    organisations = RecordsColumn(detail_only=True)
    honours = RecordsColumn(detail_only=True)
    kind_as_printed = Column(detail_only=True)
    as_of = PeriodColumn(detail_only=True)
    other_names = Column(detail_only=True)

    intro = _("Buildings, parks and areas. The kind is what a list calls them, never guessed from the name.")

    class Meta:
        model = Place
        fields = ()


class ProjectTable(RecordTable):
    project = RecordColumn(verbose_name=_("project"), itself=True, sort=("sort_key",))
    kind = ChoiceColumn()
    parties = RecordsColumn(verbose_name=_("parties"), links_to="organisation")
    amounts = RecordsColumn(verbose_name=_("amounts stated"))
    floor_area = FigureColumn()
    floor_area_of = Column(detail_only=True)
    scale = Column(detail_only=True)
    industries = RecordsColumn()
    location = Column()
    place = RecordColumn(sort=("place__sort_key",), detail_only=True)
    stage = ChoiceColumn(
        accessor="current_stage", choices=Stage.choices, verbose_name=_("current stage"), sort=("stage_rank",)
    )
    status = ChoiceColumn()
    entries = RecordsColumn(verbose_name=_("rosters"), show="roster", links_to="roster")
    stages = RecordsColumn(verbose_name=_("stages reached"), detail_only=True)
    claim = Column(detail_only=True)
    summary = Column(detail_only=True)
    region = Column(detail_only=True)
    other_names = Column(detail_only=True)

    intro = _("Projects promoted, signed or announced. What a source says of several together stands with the list.")

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

"""The columns of the lists of places and projects."""

from django.utils.translation import gettext_lazy as _

from fengtai.columns import ChoiceColumn, Column, FigureColumn, RecordColumn, RecordsColumn
from fengtai.tables import RecordTable
from projects.models import Place, Project


class PlaceTable(RecordTable):
    name = RecordColumn(itself=True, sort=("name",))
    kind = ChoiceColumn()
    area = FigureColumn()
    entries = RecordsColumn(verbose_name=_("rosters"), accessor="public_entries", show="roster", link="roster")
    location = Column()
    region = Column()
    parent = RecordColumn(sort=("parent__name",))
    organisations = RecordsColumn(detail_only=True)
    honours = RecordsColumn(detail_only=True)
    kind_as_printed = Column(detail_only=True)
    other_names = Column(detail_only=True)

    intro = _("Buildings, parks and areas. The kind is what a list calls them, never guessed from the name.")

    class Meta:
        model = Place
        fields = ()


class ProjectTable(RecordTable):
    project = RecordColumn(verbose_name=_("project"), itself=True, sort=("title",))
    kind = ChoiceColumn()
    parties = RecordsColumn(verbose_name=_("parties"), link="organisation")
    amounts = RecordsColumn(verbose_name=_("amounts stated"), accessor="public_amounts")
    floor_area = FigureColumn()
    floor_area_of = Column(detail_only=True)
    industries = RecordsColumn()
    location = Column()
    place = RecordColumn(sort=("place__name",), detail_only=True)
    stage = ChoiceColumn()
    status = ChoiceColumn()
    entries = RecordsColumn(verbose_name=_("rosters"), accessor="public_entries", show="roster", link="roster")
    stages = RecordsColumn(verbose_name=_("stages reached"), accessor="public_stages", detail_only=True)
    claim = Column(detail_only=True)
    summary = Column(detail_only=True)
    region = Column(detail_only=True)
    other_names = Column(detail_only=True)

    intro = _("Projects promoted, signed or announced. What a source says of several together stands with the list.")

    class Meta:
        model = Project
        fields = ()

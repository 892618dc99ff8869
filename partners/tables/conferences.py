"""The columns of conferences and of the programme's events."""

from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import ChoiceColumn, Column
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.sentences import Clause
from fengtai.lists.tables import RecordTable
from fengtai.lists.value_columns import FigureColumn, PeriodColumn
from partners.models import Conference, Event
from partners.tables.clauses import IN_INDUSTRY


class ConferenceTable(RecordTable):
    name = RecordColumn(itself=True, sort=("sort_key",))
    edition = Column()
    held = PeriodColumn()
    venue = Column()
    theme = Column()
    name_en = Column(detail_only=True, applies="name_en")
    aim = Column(detail_only=True, applies="aim")
    attended_by = Column(detail_only=True)
    other_names = Column(detail_only=True, applies="other_names")

    intro = _("The yearly conference; its page restates all that its report states.")
    asked_as = _("meetings")
    newest_card = "partners/_newest_conference.html"
    thing = "Event"
    thing_says = {"startDate": "held", "endDate": "held", "location": "venue", "description": "aim"}

    class Meta:
        model = Conference
        fields = ()


class EventTable(RecordTable):
    event = RecordColumn(verbose_name=_("event"), itself=True, sort=("sort_key",))
    kind = ChoiceColumn()
    happened = PeriodColumn()
    organisations = RecordsColumn()
    claim = Column(applies="claim")
    figure = FigureColumn(applies="figure")
    figure_of = Column(applies="figure_of")
    industry = RecordColumn(sort=("industry__sort_key",))
    conference = RecordColumn(sort=("conference__held_start",), applies="conference")
    name_en = Column(detail_only=True, applies="name_en")

    sentences = (
        (
            Clause.of("kind"),
            Clause.of("claim"),
            Clause.of("happened"),
            Clause.of("organisations", phrase=_("by %(fact)s")),
            Clause.of("industry", phrase=IN_INDUSTRY),
            Clause.of("conference", phrase=_("told at %(fact)s")),
        ),
    )
    beside_figures = ("figure_of", "happened")
    intro = _("What was announced, founded or achieved, and by whom where a source says so.")
    asked_as = _("news achievements")

    class Meta:
        model = Event
        fields = ()

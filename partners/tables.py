"""The columns of the programme's lists."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import ChoiceColumn, Column, FlagColumn
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.tables import Headline, RecordTable
from fengtai.lists.value_columns import FigureColumn, NumberColumn, PeriodColumn
from partners.models import Conference, Event, Honour, Industry, Membership, Organisation, Policy, Roster
from partners.models.rosters import RosterFigure, not_yet_named


class OrganisationTable(RecordTable):
    name = RecordColumn(itself=True, sort=("sort_key",))
    kind = ChoiceColumn()
    memberships = RecordsColumn(verbose_name=_("level"), show="level")
    industries = RecordsColumn()
    region = Column()
    credit_code = Column()
    names = RecordsColumn(verbose_name=_("other names"), detail_only=True)
    kind_as_printed = Column(detail_only=True)
    standing = Column(detail_only=True)
    standing_since = PeriodColumn(detail_only=True)
    address = Column(detail_only=True)
    website = Column(detail_only=True)
    introduction = Column(detail_only=True)

    intro = _("Every organisation that a source names, whether or not it is a partner.")

    class Meta:
        model = Organisation
        fields = ()


class PartnerTable(OrganisationTable):
    title = _("Partner directory")
    intro = _("Organisations with a level in the partner programme.")

    class Meta:
        model = Organisation
        fields = ()

    @classmethod
    def rows(cls):
        return super().rows().partners()


class MembershipTable(RecordTable):
    organisation = RecordColumn(sort=("organisation__sort_key",))
    level = RecordColumn(itself=True, show="level", sort=("level__rank",))
    chain = RecordColumn(sort=("chain__sort_key",))
    since = PeriodColumn()
    until = PeriodColumn()
    roster = RecordColumn(sort=("roster__sort_key",))
    position = NumberColumn(detail_only=True)
    printed = Column(detail_only=True)

    intro = _("Which organisation has which level, since when, by which list.")

    class Meta:
        model = Membership
        fields = ()


class HonourTable(RecordTable):
    honour = RecordColumn(verbose_name=_("honour"), itself=True, sort=("sort_key",))
    organisation = RecordColumn(sort=("organisation__sort_key",))
    printed = Column(verbose_name=_("name as printed"))
    category = Column()
    roster = RecordColumn(sort=("roster__sort_key",))
    position = NumberColumn()
    awarded = PeriodColumn()
    awarded_by = Column(detail_only=True)
    revoked = FlagColumn(detail_only=True)

    intro = _("Honours as announced. An order in the text is not a rank.")

    class Meta:
        model = Honour
        fields = ()


class NotYetNamedColumn(NumberColumn):
    """What a roster states less what is on file; computed, so it cannot be sorted by."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, sort=(), **kwargs)

    def select(self, model, name):
        return ["stated_value", "stated_bound", "on_file"]

    def reader(self, model, name):
        return lambda values: not_yet_named(*values)


class RosterTable(RecordTable):
    name = RecordColumn(verbose_name=_("roster"), itself=True, sort=("sort_key",))
    conference = RecordColumn(sort=("conference__held_start",))
    as_of = PeriodColumn()
    stated = FigureColumn()
    on_file = NumberColumn(verbose_name=Roster.ON_FILE)
    not_yet_named = NotYetNamedColumn(verbose_name=Roster.NOT_YET_NAMED)
    figures = RecordsColumn(verbose_name=_("other figures stated"))
    industries = RecordsColumn(detail_only=True)
    series = Column(detail_only=True)
    note = Column(detail_only=True)

    intro = _("Lists as published: how many entries a source states, and how many of them it names.")
    card = "partners/_roster_card.html"

    class Meta:
        model = Roster
        fields = ()

    @classmethod
    def base(cls):
        return super().base().with_counts(staff=cls.staff)

    @classmethod
    def rows(cls):
        return super().rows().with_counts()

    @classmethod
    def loaded(cls, rows):
        return (
            super().loaded(rows).prefetch_related(Prefetch("figures", RosterFigure.objects.public(), "public_figures"))
        )

    @classmethod
    def siblings(cls, record):
        return cls.rows().filter(series=record.series).exclude(pk=record.pk) if record.series else None

    @classmethod
    def headlines(cls):
        rows = cls.rows().exclude(headline=None).select_related("conference").order_by("headline", "pk")
        return [Headline(row.headline, str(row), row.stated, None, _known_at(row), row) for row in rows]


def _known_at(roster):
    """The day of the list, or that of its conference; None where the public may know of neither."""
    conference = roster.conference
    return roster.as_of or (conference.held if conference is not None and conference.is_public else None)


class IndustryTable(RecordTable):
    name = RecordColumn(itself=True, sort=("sort_key",))
    tier = ChoiceColumn()
    edition = Column()
    entries = RecordsColumn(verbose_name=_("rosters"), show="roster", links_to="roster")
    other_names = Column(detail_only=True)

    intro = _("Industries by the names that sources give them.")

    class Meta:
        model = Industry
        fields = ()


class PolicyTable(RecordTable):
    name = RecordColumn(itself=True, sort=("sort_key",))
    kind = ChoiceColumn()
    issuer = Column()
    number = Column()
    valid = PeriodColumn()
    status = ChoiceColumn()
    stated = FigureColumn()
    industries = RecordsColumn()
    full_name = Column(detail_only=True)
    summary = Column(detail_only=True)

    intro = _("Plans, policies, services and rules under the names by which sources speak of them.")

    class Meta:
        model = Policy
        fields = ()


class ConferenceTable(RecordTable):
    name = RecordColumn(itself=True, sort=("sort_key",))
    edition = Column()
    held = PeriodColumn()
    venue = Column()
    theme = Column()
    aim = Column(detail_only=True)
    attended_by = Column(detail_only=True)
    other_names = Column(detail_only=True)

    intro = _("The yearly conference; its page restates all that its report states.")
    newest_card = "partners/_newest_conference.html"

    class Meta:
        model = Conference
        fields = ()


class EventTable(RecordTable):
    event = RecordColumn(verbose_name=_("event"), itself=True, sort=("sort_key",))
    kind = ChoiceColumn()
    happened = PeriodColumn()
    organisations = RecordsColumn()
    claim = Column()
    figure = FigureColumn()
    figure_of = Column()
    industry = RecordColumn(sort=("industry__sort_key",))
    conference = RecordColumn(sort=("conference__held_start",))

    intro = _("What was announced, founded or achieved, and by whom where a source says so.")

    class Meta:
        model = Event
        fields = ()

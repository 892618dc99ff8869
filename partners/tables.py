"""The columns of the programme's lists."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import ChoiceColumn, Column, FlagColumn
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.sentences import Clause
from fengtai.lists.tables import Headline, RecordTable
from fengtai.lists.timed_columns import TimedRecordsColumn
from fengtai.lists.value_columns import FigureColumn, NumberColumn, PeriodColumn
from fengtai.pages.charts.declared import ChoiceChart
from partners.charts import Editions
from partners.models import Conference, Event, Honour, Industry, Membership, Organisation, Policy, Roster
from partners.models.rosters import RosterFigure, not_yet_named

IN, SINCE, LISTED = _("in %(fact)s"), _("since %(fact)s"), _("listed in %(fact)s")
ALSO_CALLED, IN_INDUSTRY = _("also called %(fact)s"), _("in the industry %(fact)s")


class OrganisationTable(RecordTable):
    name = RecordColumn(itself=True, sort=("sort_key",))
    kind = ChoiceColumn()
    memberships = TimedRecordsColumn(verbose_name=_("level"), show="level", once=True)
    industries = RecordsColumn()
    region = Column()
    credit_code = Column()
    name_en = Column(detail_only=True, applies="name_en")
    names = RecordsColumn(verbose_name=_("other names"), detail_only=True, applies="names")
    kind_as_printed = Column(detail_only=True, applies="kind_as_printed")
    standing = Column(detail_only=True, applies="standing")
    standing_since = PeriodColumn(detail_only=True, applies="standing")
    address = Column(detail_only=True)
    website = Column(detail_only=True)
    introduction = Column(detail_only=True)

    intro = _("Every organisation that a source names, whether or not it is a partner.")
    thing = "Organization"
    thing_says = {
        "alternateName": "names",
        "identifier": "credit_code",
        "address": "address",
        "url": "website",
        "description": "introduction",
    }
    asked_as = _("firms companies enterprises")
    sentences = (
        (
            Clause.of("kind_as_printed", "kind"),
            Clause.of("region", phrase=IN),
            Clause.of("industries", phrase=IN_INDUSTRY),
        ),
        (
            Clause.of(
                "memberships",
                phrase=_("in the partner programme: %(fact)s"),
                past=_("formerly in the partner programme: %(fact)s"),
            ),
            Clause.of("standing", phrase=_("a source calls it %(fact)s")),
            Clause.of("standing_since", phrase=SINCE),
        ),
        (Clause.of("names", phrase=ALSO_CALLED),),
        (Clause.of("introduction"),),
    )

    class Meta:
        model = Organisation
        fields = ()


class PartnerTable(OrganisationTable):
    title = _("Partner directory")
    intro = _("Organisations with a level in the partner programme.")
    charts = (
        Editions(),
        ChoiceChart(
            "industry",
            title=_("Partners on file by industry"),
            note=_("One partner may stand in several industries."),
        ),
    )

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
    until = PeriodColumn(applies="until")
    roster = RecordColumn(sort=("roster__sort_key",))
    position = NumberColumn(detail_only=True, applies="position")
    printed = Column(detail_only=True, applies="printed")

    intro = _("Which organisation has which level, since when, by which list.")
    asked_as = _("partners members")
    sentences = (
        (
            Clause.of("organisation", phrase=_("member: %(fact)s")),
            Clause.of("chain", phrase=_("in the industry chain %(fact)s")),
            Clause.of("since", phrase=SINCE),
            Clause.of("until", phrase=_("until %(fact)s")),
            Clause.of("roster", phrase=LISTED),
        ),
    )

    class Meta:
        model = Membership
        fields = ()


class HonourTable(RecordTable):
    honour = RecordColumn(verbose_name=_("honour"), itself=True, sort=("sort_key",))
    organisation = RecordColumn(sort=("organisation__sort_key",), applies=lambda said: not said["printed"])
    printed = Column(verbose_name=_("name as printed"))
    category = Column()
    roster = RecordColumn(sort=("roster__sort_key",))
    position = NumberColumn(applies="position")
    awarded = PeriodColumn()
    awarded_by = Column(detail_only=True)
    revoked = FlagColumn(detail_only=True)

    intro = _("Honours as announced. An order in the text is not a rank.")
    asked_as = _("awards")
    sentences = (
        (
            Clause.of("organisation", "printed", phrase=_("awarded to %(fact)s")),
            Clause.of("category", phrase=_("in the category %(fact)s")),
            Clause.of("awarded"),
            Clause.of("awarded_by", phrase=_("by %(fact)s")),
            Clause.of("roster", phrase=LISTED),
        ),
    )

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
    not_yet_named = NotYetNamedColumn(verbose_name=Roster.NOT_YET_NAMED, applies="not_yet_named")
    figures = RecordsColumn(verbose_name=_("other figures stated"), applies="figures")
    name_en = Column(detail_only=True, applies="name_en")
    industries = RecordsColumn(detail_only=True, applies="industries")
    series = Column(detail_only=True, applies="series")
    note = Column(detail_only=True, applies="note")

    intro = _("Lists as published: how many entries a source states, and how many of them it names.")
    card = "partners/_roster_card.html"
    sentences = (
        (
            Clause.of("conference", phrase=_("published at %(fact)s")),
            Clause.of("as_of", phrase=_("as of %(fact)s")),
            Clause.of("industries", phrase=IN_INDUSTRY),
        ),
        (Clause.of("note"),),
    )
    told_above = ("on_file", "not_yet_named", "series")  # by the tally, and by the other lists of the series below
    beside_figures = ("as_of", "conference")
    charts = (Editions(),)

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
        return [Headline(row.headline, str(row), row.stated, None, _known_at(row), row, "stated") for row in rows]


def _known_at(roster):
    """The day of the list, or that of its conference; None where the public may know of neither."""
    conference = roster.conference
    return roster.as_of or (conference.held if conference is not None and conference.is_public else None)


class IndustryTable(RecordTable):
    name = RecordColumn(itself=True, sort=("sort_key",))
    tier = ChoiceColumn()
    edition = Column()
    entries = RecordsColumn(verbose_name=_("rosters"), show="roster", links_to="roster", applies="entries")
    name_en = Column(detail_only=True, applies="name_en")
    other_names = Column(detail_only=True, applies="other_names")

    sentences = (
        (
            Clause.of("tier", phrase=_("tier: %(fact)s")),
            Clause.of("edition", phrase=_("in the classification %(fact)s")),
            Clause.of("entries", phrase=LISTED),
        ),
        (Clause.of("other_names", phrase=ALSO_CALLED),),
    )
    intro = _("Industries by the names that sources give them.")
    asked_as = _("chains sectors chain leaders")

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
    stated = FigureColumn(applies="stated")
    industries = RecordsColumn()
    name_en = Column(detail_only=True, applies="name_en")
    full_name = Column(detail_only=True, applies="full_name")
    summary = Column(detail_only=True)

    sentences = (
        (
            Clause.of("kind"),
            Clause.of("full_name", phrase=_("in full %(fact)s")),
            Clause.of("issuer", phrase=_("issued by %(fact)s")),
            Clause.of("number"),
            Clause.of("valid", phrase=_("valid %(fact)s")),
            Clause.of("status"),
            Clause.of("industries", phrase=_("for the industries %(fact)s")),
        ),
        (Clause.of("summary"),),
    )
    beside_figures = ("valid",)
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

"""The columns of rosters, of who is in them, and of honours."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import Column, FlagColumn
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.sentences import Clause
from fengtai.lists.tables import Headline, RecordTable
from fengtai.lists.value_columns import FigureColumn, NumberColumn, PeriodColumn
from partners.charts import Editions
from partners.models import Honour, Membership, Roster
from partners.models.rosters import RosterFigure, not_yet_named
from partners.tables.clauses import IN_INDUSTRY, LISTED, SINCE


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

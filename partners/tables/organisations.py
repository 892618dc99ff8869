"""The columns of organisations, and of those that are partners."""

from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import ChoiceColumn, Column
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.sentences import Clause
from fengtai.lists.tables import RecordTable
from fengtai.lists.timed_columns import TimedRecordsColumn
from fengtai.lists.value_columns import PeriodColumn
from fengtai.pages.charts.declared import ChoiceChart
from partners.charts import Editions
from partners.models import Organisation
from partners.tables.clauses import ALSO_CALLED, IN, IN_INDUSTRY, SINCE


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

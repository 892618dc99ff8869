"""The columns of industries and of the policies that name them."""

from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import ChoiceColumn, Column
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.sentences import Clause
from fengtai.lists.tables import RecordTable
from fengtai.lists.value_columns import FigureColumn, PeriodColumn
from partners.models import Industry, Policy
from partners.tables.clauses import ALSO_CALLED, LISTED


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

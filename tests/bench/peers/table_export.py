"""The export of django-tables2 as its documentation shows it."""

import django_tables2 as tables
from django_tables2.export.views import ExportMixin

from partners.models import Organisation
from tests.bench.peers.plain_list import OrganisationTable, organisations


class ExportedTable(OrganisationTable):
    names = tables.ManyToManyColumn()

    class Meta(OrganisationTable.Meta):
        model = Organisation
        fields = (*OrganisationTable.Meta.fields, "names", "address", "website", "introduction", "doubt", "checked_on")


class OrganisationExport(ExportMixin, tables.SingleTableView):
    table_class = ExportedTable
    template_name = "plain_list.html"

    def get_queryset(self):
        return organisations("names")

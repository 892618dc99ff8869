"""django-import-export: a resource of the model, as its documentation shows it."""

from django.http import HttpResponse
from import_export import fields, resources
from import_export.formats.base_formats import XLSX

from partners.models import Organisation
from tests.bench.peers.plain_list import organisations
from tests.bench.peers.sheet import CONTENT_TYPE, HEADINGS


class OrganisationResource(resources.ModelResource):
    kind = fields.Field()
    memberships = fields.Field()
    industries = fields.Field()
    names = fields.Field()
    sources = fields.Field()

    class Meta:
        model = Organisation
        fields = tuple(HEADINGS)

    def dehydrate_kind(self, record):
        return record.get_kind_display()

    def dehydrate_memberships(self, record):
        return "；".join(membership.level.name for membership in record.memberships.all())

    def dehydrate_industries(self, record):
        return "；".join(industry.name for industry in record.industries.all())

    def dehydrate_names(self, record):
        return "；".join(other.name for other in record.names.all())

    def dehydrate_sources(self, record):
        return "；".join(f"{citation.source.title} {citation.paragraph}" for citation in record.citations.all())


def view(request):
    rows = OrganisationResource().export(organisations("names"))
    return HttpResponse(XLSX().export_data(rows), content_type=CONTENT_TYPE)

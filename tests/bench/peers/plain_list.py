"""The list as django-tables2 and django-filter document it: SingleTableMixin, FilterView, a stock template."""

import django_filters.views
import django_tables2 as tables
from django.db.models import Q

from fengtai.records.models import Source
from partners.models import Industry, Level, Organisation, Roster

PREFETCHED = ("memberships__level", "industries", "citations__source")


def organisations(*more: str):
    """The public rows with all that the columns follow, and more for columns that only files have."""
    return Organisation.objects.public().prefetch_related(*PREFETCHED, *more).order_by("name", "pk")


class OrganisationTable(tables.Table):
    name = tables.Column(linkify=True)
    memberships = tables.ManyToManyColumn(transform=lambda membership: membership.level)
    industries = tables.ManyToManyColumn(linkify_item=True)
    citations = tables.ManyToManyColumn(transform=lambda citation: citation.source)

    class Meta:
        model = Organisation
        template_name = "django_tables2/bootstrap.html"
        fields = ("name", "kind", "memberships", "industries", "region", "credit_code", "citations")


class OrganisationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    level = django_filters.ModelChoiceFilter(field_name="memberships__level", queryset=Level.objects.all())
    industry = django_filters.ModelChoiceFilter(field_name="industries", queryset=Industry.objects.all())
    roster = django_filters.ModelChoiceFilter(field_name="memberships__roster", queryset=Roster.objects.all())
    source = django_filters.ModelChoiceFilter(field_name="citations__source", queryset=Source.objects.all())

    class Meta:
        model = Organisation
        fields = ("kind",)

    def search(self, queryset, name, value):
        found = Q(name__icontains=value) | Q(names__name__icontains=value) | Q(credit_code__icontains=value)
        return queryset.filter(found).distinct()


class OrganisationList(tables.SingleTableMixin, django_filters.views.FilterView):
    table_class = OrganisationTable
    filterset_class = OrganisationFilter
    template_name = "plain_list.html"

    def get_queryset(self):
        return organisations()

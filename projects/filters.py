"""The questions of the lists of places and projects."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from fengtai.lists.choices import UNSTATED, ChoiceFilter
from fengtai.lists.filters import ListFilter
from fengtai.lists.linked_record_choices import LinkFilter, RecordFilter
from fengtai.lists.value_filters import LeastFilter, MostFilter
from partners.models import Honour, Industry, Organisation, Roster
from projects.models import Place, Project
from projects.models.stages import Stage


class PlaceFilter(ListFilter):
    kind = ChoiceFilter(choices=Place.Kind.choices, label=_("Kind"))
    roster = RecordFilter(field_name="entries__roster", rows=lambda: Roster.objects.public(), label=_("Roster"))
    area_min = LeastFilter("area", label=_("Area in m², at least"))
    area_max = MostFilter("area", label=_("Area in m², at most"))
    parent = LinkFilter(field_name="parent", rows=lambda: Place.objects.public(), label=_("lies in"))
    organisation = LinkFilter(
        field_name="organisations", rows=lambda: Organisation.objects.public(), label=_("organisations there")
    )
    honour = LinkFilter(field_name="honours", rows=lambda: Honour.objects.public(), label=_("honour"))

    searched = ("further_areas", "rosters", "parent", "organisations", "organisations__names", "honours")


class StageFilter(ChoiceFilter):
    """How far a project has come, which its log says."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        keys, more = self.holders(value)
        if not more:
            return queryset.filter(pk__among=keys)
        if self.parent.gathered:
            return queryset.filter(pk__in=self.holding(value).values("pk"))
        return queryset.filter(Project.at_stage("" if value == UNSTATED else value))

    def holding(self, value):
        asked = Project.at_stage("") if value == UNSTATED else Project.entries_at_stage(value)
        return Project._base_manager.order_by().filter(asked)

    def count(self, rows):
        keys = rows.order_by().values("pk")
        found = Project.objects.filter(pk__in=keys).with_stage().order_by().values_list("current_stage", flat=True)
        return Counter(stage or UNSTATED for stage in found)


class ProjectFilter(ListFilter):
    kind = ChoiceFilter(choices=Project.Kind.choices, label=_("Kind"))
    stage = StageFilter(choices=Stage.choices, label=_("Stage"))
    status = ChoiceFilter(choices=Project.Status.choices, label=_("Status"))
    roster = RecordFilter(field_name="entries__roster", rows=lambda: Roster.objects.public(), label=_("Roster"))
    industry = RecordFilter(field_name="industries", rows=lambda: Industry.objects.public(), label=_("Industry"))
    party = RecordFilter(field_name="organisations", rows=lambda: Organisation.objects.public(), label=_("Party"))
    area_min = LeastFilter("floor_area", label=_("Area in m², at least"))
    area_max = MostFilter("floor_area", label=_("Area in m², at most"))
    place = LinkFilter(field_name="place", rows=lambda: Place.objects.public(), label=_("place"))

    searched = (
        *("organisations", "organisations__names", "parties", "industries", "place", "rosters"),
        *("amounts", "stages"),
    )

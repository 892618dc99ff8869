"""The questions of the lists of places and projects."""

from django.utils.translation import gettext_lazy as _

from fengtai.lists.choices import ChoiceFilter
from fengtai.lists.filters import ListFilter
from fengtai.lists.record_choices import RecordFilter
from fengtai.lists.value_filters import LeastFilter, MostFilter
from partners.models import Industry, Organisation, Roster
from projects.models import Place, Project
from projects.models.stages import Stage


class PlaceFilter(ListFilter):
    kind = ChoiceFilter(choices=Place.Kind.choices, label=_("Kind"))
    roster = RecordFilter(field_name="entries__roster", rows=lambda: Roster.objects.public(), label=_("Roster"))
    area_min = LeastFilter("area", label=_("Area in m², at least"))
    area_max = MostFilter("area", label=_("Area in m², at most"))


class ProjectFilter(ListFilter):
    kind = ChoiceFilter(choices=Project.Kind.choices, label=_("Kind"))
    stage = ChoiceFilter(choices=Stage.choices, label=_("Stage"))
    status = ChoiceFilter(choices=Project.Status.choices, label=_("Status"))
    roster = RecordFilter(field_name="entries__roster", rows=lambda: Roster.objects.public(), label=_("Roster"))
    industry = RecordFilter(field_name="industries", rows=lambda: Industry.objects.public(), label=_("Industry"))
    party = RecordFilter(field_name="organisations", rows=lambda: Organisation.objects.public(), label=_("Party"))
    area_min = LeastFilter("floor_area", label=_("Area in m², at least"))
    area_max = MostFilter("floor_area", label=_("Area in m², at most"))

    searched = ("organisations", "organisations__names", "parties")

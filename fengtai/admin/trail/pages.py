"""The page of the trail."""

from dataclasses import dataclass
from typing import ClassVar

from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.admin.listing.list_pages import staff_list_view
from fengtai.admin.listing.staff_lists import StaffList, StaffQuestion
from fengtai.admin.trail.filters import WHEN, TrailFilter, name_of_record, record_of
from fengtai.admin.trail.tables import table_for
from fengtai.lists import paging
from fengtai.records.trail.naming import names_of


@dataclass
class TrailQuestion(StaffQuestion):
    @property
    def counted(self):
        """No further than pages are numbered: nobody needs to know how often something was done in all."""
        return paging.NUMBERED

    @property
    def shown_by(self):
        """What stands around the rows says how many there are, whose they are, what day it is and who may be chosen."""
        people = get_user_model().objects.count()
        return [*super().shown_by, self.table.__name__, self.count_label, str(timezone.localdate()), people]

    def shown(self, name: str) -> str:
        row = record_of(self.params[name]) if name == "record" else None
        return names_of([row]).get(row, self.params[name]) if row else super().shown(name)

    @property
    def days(self) -> list[tuple[str, str, bool]]:
        """The days asked for most, each one click away: label, address, whether they are asked for now."""
        asked, without = self.params.get("when", ""), {"since": None, "until": None}
        every = ("", _("All days"), self.address(when=None, **without), not asked)
        return [every[1:], *((label, self.address(when=when, **without), asked == when) for when, label in WHEN)]


@dataclass(frozen=True)
class TrailList(StaffList):
    partials: ClassVar = "admin/trail/"

    def ask(self, params: QueryDict, *, complete: bool = False) -> TrailQuestion:
        return TrailQuestion(self.table, self.filterset, params, complete=complete)

    @property
    def notes(self):
        return [(_("Internal"), _("For staff only: who did what."))]


def trail_of(request) -> TrailList:
    return TrailList("trail", table_for(request.user), TrailFilter)


def asked_of(model, key: int) -> str:
    """What asks the trail for one record."""
    return f"?record={name_of_record(model, key)}"


trail_page = staff_list_view(trail_of, may=lambda request: request.user.is_staff)
trail_urls = [path("admin/trail/", trail_page, name="trail")]

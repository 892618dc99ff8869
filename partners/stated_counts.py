"""The queue of rosters that state one count while another is on file."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.admin.desk.kinds import kept_by, rows_where, sees_any, theirs
from fengtai.admin.desk.queues import Group, Queue
from fengtai.caching.store import remembered
from fengtai.records.models import Record
from partners.models import Roster


def _unlike(user) -> list[Group]:
    if not kept_by(user, [Roster]):
        return []
    unlike = remembered("rosters unlike stated", Roster.objects.exclude(state=Record.State.WITHDRAWN).unlike_stated)
    where = f"id IN ({', '.join(map(str, unlike)) or 'NULL'})"
    return [theirs(user, rows_where(Roster, where, notes=partial(_stated, unlike)))]


def _stated(unlike: dict[int, int], rosters: list[Roster]) -> dict[int, str]:
    told = _("stated %(stated)s · on file %(count)d")
    return {one.pk: told % {"stated": one.stated, "count": unlike[one.pk]} for one in rosters}


UNLIKE_STATED = Queue(
    "rosters",
    gettext_lazy("Rosters: stated against on file"),
    gettext_lazy("What is on file is not what the roster states."),
    sees_any,
    _unlike,
)

"""The queue of the desk: reports that wait for whoever keeps the record."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from fengtai.review.corrections.models import Correction
from fengtai.review.corrections.subjects import may_answer

NAME = "corrections"
TITLE = _("Mistakes pointed out")
HELP = _("A reader says that something is wrong: look at it, put it right, and answer.")


def waiting(user):
    """Open reports of theirs, with the moment since which each waits."""
    theirs = [one.pk for one in may_answer(user, Correction.objects.filter(state__in=Correction.OPEN))]
    return Correction.objects.filter(pk__in=theirs).annotate(since=F("made_at"))


def notes(reports: list[Correction]) -> dict[int, str]:
    """Beside the number what it is about, and how far it is."""
    told = {one.pk: [one.label or one.address, str(one.get_state_display())] for one in reports}
    return {key: " · ".join(filter(None, said)) for key, said in told.items()}

"""What the office does with a report: looks at it, and answers. Who and when stands in the trail."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.records.trail.entering import Act, Way, enter
from fengtai.review.actions import Refused
from fengtai.review.corrections.models import Correction, PublishedCorrection
from fengtai.review.corrections.sending import forget_contacts
from fengtai.review.corrections.subjects import is_put_right, record_of

State = Correction.State


@transaction.atomic
def take_up(correction: Correction, *, by, seen: int) -> None:
    """Tells whoever asks that somebody looks at it."""
    found = _current(correction, seen)
    if found.state != State.RECEIVED:
        raise Refused(_("Somebody looks at it already."))
    _enter(found, State.LOOKING, by, "")


@transaction.atomic
def answer(correction: Correction, state: str, *, said: str, by, seen: int, same_as=None, elsewhere=False) -> None:
    """Closes it, or answers it anew. Of what was corrected the sentence is public from now on.

    Nothing is said to be corrected while readers still see what they saw, unless it was put right `elsewhere`.
    """
    found = _current(correction, seen)
    if state == State.CORRECTED and not elsewhere:
        _refuse_unchanged(found)
    if same_as is not None:
        _refuse_circle(found, same_as)
    found.answer, found.same_as, found.decided_at = said, same_as, timezone.now()
    _enter(found, state, by, said)
    if state == State.CORRECTED:
        of = {"content_type": found.content_type, "object_id": found.object_id}
        PublishedCorrection.objects.update_or_create(correction=found, defaults={**of, "sentence": said})
    else:
        PublishedCorrection.objects.filter(correction=found).delete()
    forget_contacts()


def _refuse_unchanged(found: Correction) -> None:
    record = record_of(found)
    if record is not None and not is_put_right(found, record):
        raise Refused(
            _(
                "Nothing that readers see of this record has changed since the report: change it and have the change"
                " released first. If it was put right elsewhere, tick so."
            )
        )


def _refuse_circle(found: Correction, same_as: Correction) -> None:
    if same_as.pk == found.pk:
        raise Refused(_("A report cannot be the same as itself."))
    if same_as.state == State.DUPLICATE:
        raise Refused(_("%(number)s was reported before, too: name the first report.") % {"number": same_as.number})


def _current(correction: Correction, seen: int) -> Correction:
    found = Correction.objects.select_for_update().get(pk=correction.pk)
    if found.revision != seen:
        raise Refused(_("Somebody else dealt with it meanwhile: look at it again."))
    return found


def _enter(found: Correction, state: str, by, said: str) -> None:
    found.state, found.by, found.revision = state, by, found.revision + 1
    found.save()
    why = " · ".join(filter(None, [found.number, str(State(state).label), said]))
    enter(Act.DECIDED, by=by, record=record_of(found) or found, why=why, way=Way.REVIEW, label=found.label)

"""The life of a published record: drafted, reviewed, published, withdrawn. Its parts follow it."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.records.kept import Kept

EMBARGOED = "embargoed"  # no state of its own: published, at a time to come


class Record(Kept):
    """A row that is drafted, reviewed, published and may be withdrawn, together with the parts that it owns.

    `belongs_by` names the links that tell whose it is: to the fields that work groups keep, or to a group itself.
    What belongs to nobody is the programme office's, but what is `added_by_all` anybody adds, and may go on typing
    in while it is a draft of their own.
    """

    belongs_by: tuple[str, ...] = ()
    added_by_all = False

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    unseen_states = (State.DRAFT, State.REVIEW)  # of which no public page says anything, not even that it is gone
    state = models.CharField(_("publication"), max_length=20, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(
        _("publish at"), null=True, blank=True, help_text=_("Not public before this time.")
    )

    class Meta:
        abstract = True

    @classmethod
    def released_condition(cls, prefix: str = "") -> Q:
        # The database's clock, so that a compiled statement stays true.
        embargo = Q(**{f"{prefix}publish_at": None}) | Q(**{f"{prefix}publish_at__lte": Now()})
        return Q(**{f"{prefix}state": cls.State.PUBLISHED}) & embargo

    @property
    def is_released(self) -> bool:
        return state_at(self.state, self.publish_at, timezone.now()) == self.State.PUBLISHED

    @property
    def replaced_by(self) -> "Record | None":
        """The record that says the same anew: whoever asks for this one once it is withdrawn is led there."""
        return None

    @property
    def publication_state(self) -> str:
        """The state as of now, `EMBARGOED` included."""
        return state_at(self.state, self.publish_at, timezone.now())

    @property
    def publication_in_words(self) -> str:
        return in_words(self.state, self.publish_at, timezone.now())


def state_at(state: str, publish_at: datetime | None, moment: datetime) -> str:
    """The state of a record, or of an old version of it, at a moment."""
    waits = state == Record.State.PUBLISHED and publish_at is not None and publish_at > moment
    return EMBARGOED if waits else state


def in_words(state: str, publish_at: datetime | None, moment: datetime) -> str:
    """As staff read it: of an embargoed record with the time at which it becomes public."""
    if state_at(state, publish_at, moment) == EMBARGOED:
        return gettext("To be published %(time)s") % {"time": local_time(publish_at)}
    return str(dict(Record.State.choices).get(state, state))


def local_time(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")

"""What somebody does on a page of review, as its form says it: which act, when, with which words."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from fengtai.admin.review.targets import may_drop, may_release, may_submit, withdraws
from fengtai.review.actions import Refused, Target, drop, each, give_back, submit
from fengtai.review.releasing import release_all
from fengtai.review.roles import may_administer
from fengtai.review.terms import Terms

NOW, LATER, BACK, ALONE, SEND, LET_GO = "release", "schedule", "return", "emergency", "submit", "drop"
RELEASES = (NOW, LATER, ALONE)
LONGEST = 500
LAST_YEAR = 9999  # a clock east of where a time was given shows one that no calendar has


@dataclass(frozen=True)
class Asked:
    """One press of a button."""

    act: str
    by: object
    accepted: bool = False
    at: datetime | None = None
    text: str = ""  # the comment, or why
    as_printed: frozenset[str] = frozenset()  # texts that nothing reads, and readers may see

    @classmethod
    def of(cls, request) -> "Asked":
        said = request.POST
        text = said.get("text", "").replace("\x00", "").strip()[:LONGEST]
        taken = frozenset(said.getlist("as_printed"))
        return cls(said.get("act", ""), request.user, "accepted" in said, _moment(said.get("at", "")), text, taken)

    @property
    def terms(self) -> Terms:
        at = self.at if self.act == LATER else None
        alone = self.act == ALONE
        return Terms(self.by, at, self.accepted, self.text[:60], emergency=alone, as_printed=self.as_printed)

    def refuse_unless_allowed(self, targets) -> None:
        """403 for what no button of theirs asks."""
        if self.act in (*RELEASES, BACK):
            allowed = may_administer(self.by) if self.act == ALONE else may_release(self.by)
        else:
            allowing = {SEND: may_submit, LET_GO: may_drop}.get(self.act)
            allowed = allowing is not None and all(allowing(self.by, target) for target in targets)
        if not allowed:
            raise PermissionDenied


def _moment(text: str) -> datetime | None:
    """A time as the office's clock shows it."""
    try:
        found = parse_datetime(text)
        found = timezone.make_aware(found) if found and timezone.is_naive(found) else found
        return found if found and found.year < LAST_YEAR else None
    except (ValueError, OverflowError):
        return None


def do(asked: Asked, targets: dict[Target, int]) -> tuple[list, list]:
    """Those done, and those refused each with its Refused; `targets` with what was seen of them."""
    if asked.act == LATER and (asked.at is None or asked.at <= timezone.now()):
        refused = Refused(_("Give a time to come, as 2030-01-31 09:00."))
        return [], [(target, refused) for target in targets]
    return _did(asked, targets)


def _did(asked: Asked, targets: dict[Target, int]) -> tuple[list, list]:
    if asked.act in RELEASES:
        return _released(asked, targets)
    acts = {
        BACK: lambda target: give_back(target, by=asked.by, comment=asked.text),
        SEND: lambda target: submit(target, by=asked.by, why=asked.text[:100]),
        LET_GO: lambda target: drop(target, by=asked.by),
    }
    return each(targets, acts[asked.act])


def _released(asked: Asked, targets: dict[Target, int]) -> tuple[list, list]:
    try:
        return release_all(targets, asked.terms, seen=targets)
    except Refused as refused:  # without the right, or an emergency without a reason, none is
        return [], [(target, refused) for target in targets]


def told(asked: Asked, done: list) -> str:
    """What was done, in one sentence."""
    names = str(done[0]) if len(done) == 1 else _("%(count)d records") % {"count": len(done)}
    if asked.act == NOW and all(withdraws(target) for target in done):
        return _("Withdrawn: %(what)s. Readers do not see it any more.") % {"what": names}
    sentences = {
        NOW: _("Released: %(what)s. Readers see it now."),
        ALONE: _("Released in an emergency: %(what)s. The trail says so, with the reason."),
        LATER: _("To be released at the time given: %(what)s."),
        BACK: _("Returned with your comment: %(what)s."),
        SEND: _("%(what)s waits for its review now. Somebody else releases it."),
        LET_GO: _("Dropped: %(what)s. Readers see what they saw before."),
    }
    return sentences[asked.act] % {"what": names}

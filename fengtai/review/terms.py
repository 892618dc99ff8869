"""On what terms something is released, and what forbids it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.records.findings import Finding
from fengtai.review.actions import Refused, refuse_emergency
from fengtai.review.pending import RELEASE

PERMISSION = RELEASE


@dataclass(frozen=True)
class Terms:
    """Who releases, when (now, if no time is given), whether warnings were read and accepted, and why.

    `as_printed` names the texts that nothing reads and readers may see all the same (`Finding.as_printed`).

    An `emergency` release is an administrator's: alone, and with a reason.
    """

    by: object
    at: datetime | None = None
    accepted: bool = False
    why: str = ""
    emergency: bool = False
    as_printed: frozenset[str] = frozenset()

    @property
    def waits(self) -> bool:
        return self.at is not None and self.at > timezone.now()

    @property
    def is_alone(self) -> bool:
        """Whether one person may enter and release."""
        return self.emergency or not settings.FOUR_EYES

    @property
    def reason(self) -> str:
        return f"{_('Emergency release')}: {self.why}" if self.emergency else self.why or _("Released")


class Warned(Refused):
    """Nothing forbids the release, but these warnings ask: it is done once they are accepted."""


def refuse_without_right(terms: Terms) -> None:
    """A command without a named user releases nothing."""
    if terms.emergency:
        refuse_emergency(terms.by, terms.why)
    elif terms.by is None or not terms.by.has_perm(PERMISSION):
        raise Refused(_("You have no right to release."))


def refuse_own(is_own: bool, terms: Terms) -> None:
    if is_own and not terms.is_alone:
        raise Refused(_("Nobody releases what they typed themselves."))


def refuse_found(findings: list[Finding], terms: Terms) -> None:
    """Errors stop, warnings ask; an emergency is stopped by neither."""
    errors = [_told(finding) for finding in findings if finding.is_error and not _is_taken(finding, terms)]
    if errors and not terms.emergency:
        raise Refused(*errors)
    warnings = [_told(finding) for finding in findings if not finding.is_error]
    if warnings and not (terms.accepted or terms.emergency):
        raise Warned(*warnings)


def _is_taken(finding: Finding, terms: Terms) -> bool:
    return bool(finding.as_printed) and finding.as_printed in terms.as_printed


def _told(finding: Finding) -> str:
    return f"{finding.row}: {finding.message}"

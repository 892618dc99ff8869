"""Who is a partner, who was one, and who was one on a day: questions about memberships and the time they cover."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.lists.choices import Choices
from fengtai.lists.held_choices import among
from fengtai.lists.linked_record_choices import RecordFilter
from partners.models import Membership
from partners.models.memberships import goes_on, is_over

CURRENT, FORMER, EVER = "current", "former", "ever"
STANDINGS = {
    CURRENT: _("partners on that day"),
    FORMER: _("former partners"),
    EVER: _("partners at any time"),
}


@dataclass(frozen=True)
class Standing:
    """The partners that are asked for: now, or as of a `day`.

    Of a day they must be known to have begun. Former are those of whom every membership ended before: one without an
    end, or with one that nobody can date, goes on.
    """

    code: str = CURRENT
    day: date | None = None

    def of(self, organisations):
        """Those of some organisations that stand so."""
        if self.code == EVER:
            return organisations.filter(_has(Membership.objects.public()))
        if self.code == CURRENT:
            return organisations.filter(_has(self.memberships()))
        return organisations.filter(_has(self.memberships()), ~_has(self._going_on()))

    def memberships(self):
        """The public memberships that make them partners so."""
        rows = Membership.objects.public()
        if self.code == FORMER:
            return rows.filter(is_over(self.day or timezone.localdate()))
        return rows.as_of(self.day) if self.day else rows.in_force()

    def condition(self, prefix: str) -> Q:
        """That a membership, to which the prefix leads, is one of these."""
        if self.code == EVER:
            return Q()
        if self.day:
            return Q(**{f"{prefix}in": self.memberships()})
        return (is_over if self.code == FORMER else goes_on)(timezone.localdate(), prefix)

    def _going_on(self):
        rows = Membership.objects.public()
        return rows.perhaps_as_of(self.day) if self.day else rows.in_force()


def _has(memberships):
    return Exists(memberships.order_by().filter(organisation=OuterRef("pk")))


class StandingFilter(Choices, django_filters.ChoiceFilter):
    """Whether partners are so now; the list's own question for a day, `as_of`, has it asked of that day."""

    def __init__(self):
        choices = list(STANDINGS.items())
        super().__init__(label=_("Partner status"), choices=choices, field_name="pk", blank=False, empty_label=None)

    @property
    def tells_held(self):
        """What holds of today is kept until the day ends (fengtai.caching.closing); of other days nothing is."""
        return super().tells_held and self.parent.day is None

    def filter(self, queryset, value):
        return Standing(value, self.parent.day).of(queryset) if value else queryset

    def options(self):
        return {code: code for code in STANDINGS}

    def pairs(self, keys):
        rows = Membership.objects.public().order_by()
        rows = rows if keys is None else rows.filter(organisation__in=among(self.model._base_manager.all(), keys))
        held = [*rows.values_list("organisation", "until_end")]
        return ((key, code) for key, code in _standings(held))

    def count(self, rows):
        return {code: self.filter(rows.order_by(), code).values("pk").count() for code in STANDINGS}


def _standings(held: Iterable[tuple[int, date | None]]) -> Iterable[tuple[int, str]]:
    """How each organisation stands today, of whose memberships each end is given."""
    today, held = timezone.localdate(), list(held)
    current = {key for key, end in held if end is None or end >= today}
    for key in {key for key, _end in held}:
        yield key, CURRENT if key in current else FORMER
        yield key, EVER


class LevelFilter(RecordFilter):
    """A level, held by a membership of the time asked for: who led a chain once does not lead it now."""

    @property
    def tells_held(self):
        return super().tells_held and self.parent.day is None

    @property
    def asked_as(self):
        standing = self.parent.standing
        return f":{standing.code}:{standing.day or ''}"

    def counting(self):
        return self.parent.standing.condition("memberships__")

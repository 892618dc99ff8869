"""Who leads an industry chain, as far as the public may know; or how far the sources leave it open."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from partners.models import Industry, Level, Membership, Roster

SHOWN, READ = 20, 200  # leaders of one industry, and their memberships: one of each edition
COUNTED = 1000  # no count looks further


@dataclass(frozen=True)
class Leading:
    """Of one industry. Where none of its leaders is known, `roster` states how many leaders there are of any chain,
    `on_file` of them are on file, and of `with_chain` of these a source states the chain.
    """

    level: Level
    leaders: list[Membership]
    is_cut: bool = False
    roster: Roster | None = None
    on_file: int = 0
    with_chain: int = 0


def leading(industry: Industry) -> Leading | None:
    """By the highest level of the programme; None where it has no two levels, or nobody public has the highest."""
    rows = Membership.objects.public()
    level, *others = Level.objects.order_by("-rank", "pk")[:2] or [None]
    if not others or not rows.filter(level=level).exists():
        return None
    rows = rows.filter(level=level)
    of_chain = rows.filter(chain=industry).select_related("organisation", "level")
    leaders = list({row.organisation_id: row for row in reversed(of_chain[:READ])}.values())[::-1]
    if leaders:
        return Leading(level, leaders[:SHOWN], len(leaders) > SHOWN)
    known = rows.filter(chain__in=Industry.objects.public().order_by().values("pk"))
    return Leading(level, [], False, _stated(rows), _organisations(rows), _organisations(known))


def _stated(rows) -> Roster | None:
    """The latest of their lists that states how many it holds."""
    named = Exists(rows.order_by().filter(roster=OuterRef("pk")))
    return Roster.objects.public().filter(named).exclude(stated="").first()


def _organisations(rows) -> int:
    return len(rows.order_by().values_list("organisation", flat=True).distinct()[:COUNTED])

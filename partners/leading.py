"""Who leads an industry chain, as far as the public may know; or how far the sources leave it open."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from partners.models import Industry, Level, Membership, Roster

SHOWN, READ = 20, 200  # leaders of one industry, and their memberships: one of each edition
COUNTED = 1000  # no count looks further


@dataclass(frozen=True)
class Leading:
    """Of one industry, today. `former` led it once. Where nobody is known to lead it or to have led it, `roster` states
    how many leaders there are of any chain, `on_file` of them are on file, and of `with_chain` of these a source states
    the chain.
    """

    level: Level
    leaders: list[Membership]
    is_cut: bool = False
    former: list[Membership] = field(default_factory=list)
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
    leaders = _each_once(of_chain.in_force())
    now = {row.organisation_id for row in leaders}
    former = [row for row in _each_once(of_chain.over().order_by("-until_end", "pk")) if row.organisation_id not in now]
    if leaders or former:
        return Leading(level, leaders[:SHOWN], max(len(leaders), len(former)) > SHOWN, former[:SHOWN])
    rows = rows.in_force()
    known = rows.filter(chain__in=Industry.objects.public().order_by().values("pk"))
    counts = {"on_file": _organisations(rows), "with_chain": _organisations(known)}
    return Leading(level, [], roster=_stated(rows), **counts)


def _each_once(rows) -> list[Membership]:
    """The first membership of each organisation."""
    return list({row.organisation_id: row for row in reversed(rows[:READ])}.values())[::-1]


def _stated(rows) -> Roster | None:
    """The latest of their lists that states how many it holds."""
    named = Exists(rows.order_by().filter(roster=OuterRef("pk")))
    return Roster.objects.public().filter(named).exclude(stated="").first()


def _organisations(rows) -> int:
    return len(rows.order_by().values_list("organisation", flat=True).distinct()[:COUNTED])

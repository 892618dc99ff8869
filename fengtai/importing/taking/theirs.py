"""What of a file is not theirs to write who brings it: refused at the row that would write it, before it is taken."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from fengtai.importing.planning.items import Item, with_needs
from fengtai.importing.planning.plans import REFUSED, Plan, RowPlan
from fengtai.importing.taking.waiting import moved_parts, owner_of
from fengtai.records.trail.stored import Row, slices
from fengtai.review.reach import Reach, reach_of
from fengtai.review.roots import tops_of
from fengtai.review.scope import outside
from fengtai.review.whose import sentences, yours

LISTED = 1000  # records whose sentence is worked out; a clerk reads the first few


def refuse_what_is_not_theirs(plan: Plan, user) -> None:
    """Notes at each row what it would write of others, before and after; asks nothing for those without limits."""
    reach = reach_of(user)
    if reach is not None:
        _Asking(plan, reach).run()


class _Asking:
    """What is on file is asked for once, for all rows."""

    def __init__(self, plan: Plan, reach: Reach):
        self.plan, self.reach, self.user = plan, reach, reach.user
        self.items = {row.position: with_needs(row.items()) for row in plan.all_rows()}
        every = dict.fromkeys(item for items in self.items.values() for item in items)
        self.owners = {item: owner_of(item) for item in every if item.key is None and hasattr(item.model, "owner")}
        named = {_row(owner) for owner in self.owners.values()} - {None}
        moved = moved_parts(every)
        self.moved_to = {row: top for row, top in tops_of(moved, moved).items() if top != row}
        rows = {(item.model, item.key) for item in every if item.key is not None}
        self.others = outside(self.user, [*rows, *named])
        self.others |= {row: top for row, top in self.moved_to.items() if outside(self.user, [top])}
        self.kept = _kept(every, reach)

    def run(self) -> None:
        told = sentences({*self.others.values()}, LISTED)
        for row in self.plan.all_rows():
            found = dict.fromkeys(filter(None, (self._against(item, told) for item in self.items[row.position])))
            if found:
                _refuse(row, " ".join(found))

    def _against(self, item: Item, told: dict[Row, str]) -> str:
        """Why an Item is not theirs to write; nothing where it is."""
        if item.model._meta.label in self.reach.free:
            return ""
        at = (item.model, item.key) if item.key is not None else self.owners.get(item)
        if isinstance(at, Item):
            return self._against(at, told)
        if at is not None:
            top = self.others.get(at)
            found = told.get(top, _("This is not yours to change.")) if top else ""
            return found or (self._leaves(item) if item.key is not None else "")
        return self._begins(item)

    def _begins(self, item: Item) -> str:
        """A new record is theirs by what it names."""
        if getattr(item.model, "added_by_all", False) or self._named(item):
            return ""
        return yours(self.reach) if _belonging(item.model) else _told_of_office(item.model)

    def _leaves(self, item: Item) -> str:
        """A record on file that takes its links from what they keep."""
        touched = {*item.links, *item.unlinks, *item.values} & {link.name for link in _belonging(item.model)}
        return yours(self.reach) if touched and not self._named(item) else ""

    def _named(self, item: Item) -> bool:
        """Whether a record would be theirs by any of its links."""
        return any(not self._keys(item, link).isdisjoint(self.reach.held_in(link)) for link in _belonging(item.model))

    def _keys(self, item: Item, link: models.Field) -> set:
        stored = self.kept.get((item.model, item.key, link.name), set())
        if link.many_to_many:
            return (stored - {*item.unlinks.get(link.name, ())}) | _on_file(item.links.get(link.name, ()))
        return _on_file([item.values[link.name]]) if link.name in item.values else stored


def _row(owner: Item | Row | None) -> Row | None:
    """What a new part hangs on, where that is on file; a row that says nothing new of its record names it still."""
    if isinstance(owner, Item):
        return (owner.model, owner.key) if owner.key is not None else None
    return owner


def _belonging(model) -> list[models.Field]:
    return [model._meta.get_field(name) for name in getattr(model, "belongs_by", ())]


def _on_file(targets: Iterable) -> set:
    return {getattr(target, "pk", target) for target in targets if not isinstance(target, Item)}


def _kept(items: Iterable[Item], reach: Reach) -> dict[tuple, set]:
    """What records on file that change are linked to now, by the links that tell whose they are."""
    found: dict[tuple, set] = {}
    keys: dict[type, list[int]] = {}
    for item in items:
        if item.key is not None and _belonging(item.model):
            keys.setdefault(item.model, []).append(item.key)
    for model, own in keys.items():
        for link in _belonging(model):
            for some in slices(own):
                rows = model._base_manager.order_by().filter(pk__in=some, **{f"{link.name}__isnull": False})
                for key, end in rows.values_list("pk", link.name):
                    found.setdefault((model, key, link.name), set()).add(end)
    return found


def _refuse(row: RowPlan, message: str) -> None:
    row.note("not_theirs", message=message)
    row.outcome = REFUSED


def _told_of_office(model) -> str:
    return _("Rows of this kind are kept by the programme office: %(kind)s.") % {"kind": model._meta.verbose_name}

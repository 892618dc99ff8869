"""What makes two organisations candidates for being one: a code or a name that both go by, never similarity alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from fengtai.records.mergeable import Merging, Pair, unmerged
from fengtai.records.slices import in_slices
from fengtai.values.texts import plain

AT_ONCE = 20  # organisations of one name that are held against each other


class OrganisationMerging(Merging):
    def pairs(self, model) -> list[Pair]:
        """Those that share a name, whichever of their names it is, but for width, brackets and legal form."""
        names = model._meta.get_field(self.names).related_model
        found: dict[Pair, None] = {}
        for keys in _by_key(model, names, _shared_keys(model, names)).values():
            found |= dict.fromkeys(combinations(sorted(keys)[:AT_ONCE], 2))
        return sorted(found)

    def reasons(self, model, pairs: list[Pair]) -> dict[Pair, list[str]]:
        rows = model._base_manager.prefetch_related(self.names).in_bulk({key for pair in pairs for key in pair})
        return {pair: list(_reasons(*(rows[key] for key in pair))) for pair in pairs if {*pair} <= rows.keys()}


def _shared_keys(model, names) -> set[str]:
    """Each question is answered from an index alone."""
    own = unmerged(model._base_manager.order_by()).exclude(name_key="")
    others = names._base_manager.order_by().exclude(name_key="")
    repeated = own.values_list("name_key").annotate(rows=Count("pk")).filter(rows__gt=1)
    shared = others.values_list("name_key").annotate(rows=Count("organisation", distinct=True)).filter(rows__gt=1)
    called = own.filter(name_key=OuterRef("name_key")).exclude(pk=OuterRef("organisation"))
    crossed = others.filter(Exists(called)).values_list("name_key", flat=True)
    return {key for key, _rows in [*repeated, *shared]} | {*crossed}


def _by_key(model, names, keys: Iterable[str]) -> dict[str, set[int]]:
    """The organisations that go by each name."""
    found = defaultdict(set)
    for some in in_slices(sorted(keys)):
        own = unmerged(model._base_manager.order_by().filter(name_key__in=some)).values_list("name_key", "pk")
        others = names._base_manager.order_by().filter(name_key__in=some, organisation__merged_into=None)
        for key, organisation in [*own, *others.values_list("name_key", "organisation")]:
            found[key].add(organisation)
    return found


def _reasons(one, other) -> Iterator[str]:
    """In words what the two have in common: the plainest first."""
    if plain(one.name) == plain(other.name):
        yield _("Both are called “%(name)s”.") % {"name": one.name}
    elif one.name_key == other.name_key:
        told = _("“%(one)s” and “%(other)s” differ in width, brackets or legal form alone.")
        yield told % {"one": one.name, "other": other.name}
    for first, second in ((one, other), (other, one)):
        for name in first.names.all():
            if name.name_key == second.name_key:
                told = {"name": name.name, "kind": name.get_kind_display(), "one": first, "other": second}
                yield _("“%(other)s” is on file as a name of “%(one)s” (%(kind)s).") % told
    yield from _in_common(one, other)


def _in_common(one, other) -> Iterator[str]:
    theirs = {name.name_key: name for name in other.names.all()}
    for name in one.names.all():
        if (same := theirs.get(name.name_key)) is not None:
            kinds = dict.fromkeys((name.get_kind_display(), same.get_kind_display()))
            yield _("Both go by “%(name)s” (%(kinds)s).") % {"name": name.name, "kinds": _(", ").join(map(str, kinds))}

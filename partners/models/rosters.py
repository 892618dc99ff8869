"""Lists as published: what they say they hold, and the entries that are on file."""

import operator
from collections import Counter
from collections.abc import Iterator

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from fengtai.records.as_indexed import hidden_rows, not_public
from fengtai.records.doors import public_links
from fengtai.records.fields import FigureField, PeriodField
from fengtai.records.findings import Finding, warning
from fengtai.records.models import Bilingual, KeptPart, Labelled, Part, Record
from fengtai.records.numbers import SmallNumber
from fengtai.records.querysets import RecordQuerySet
from fengtai.search.fields import SearchField, SortKeyField
from fengtai.values.figures import Bound

UNLIKE = {Bound.EXACT: operator.ne, Bound.AT_LEAST: operator.lt, Bound.MORE_THAN: operator.le}


class RosterQuerySet(RecordQuerySet):
    def with_counts(self, *, staff: bool = False):
        """Adds `on_file`: the entries of every kind on the roster; the public ones, or those that count for `staff`."""
        counts = [_entry_count(relation, staff) for relation in self.model.entry_relations()]
        return self.annotate(on_file=sum(counts, start=Value(0)))

    def unlike_stated(self) -> dict[int, int]:
        """By roster how many entries are on file for staff, public or not, where it states another number.

        What states at least so many, or more, is unlike where fewer are on file; about or nearly so many says nothing.
        """
        counted = self.with_counts(staff=True).order_by().filter(stated_bound__in=UNLIKE)
        rows = counted.values_list("pk", "stated_value", "stated_bound", "on_file")
        return {key: count for key, stated, bound, count in rows if UNLIKE[bound](count, stated)}

    def overfull(self) -> dict[int, int]:
        """By roster how many entries are on file, where these are more than the exact count that it states.

        An entry counts before it is public: who releases it wants to know.
        """
        exact, on_file = self.filter(stated_bound=Bound.EXACT), Counter()
        for relation in self.model.entry_relations():
            entries = relation.related_model.on_file().filter(roster__in=exact.order_by().values("pk"))
            counted = Count(relation.related_model.counted_once_per, distinct=True)
            on_file.update(dict(entries.values_list("roster").annotate(entries=counted)))
        stated = exact.order_by().values_list("pk", "stated_value")
        return {key: on_file[key] for key, value in stated if value is not None and on_file[key] > value}


def _entry_count(relation, staff: bool):
    model = relation.related_model
    entries = (model.on_file() if staff else model.shown_on_file()).filter(roster=OuterRef("pk"))
    counted = relation.related_model.counted_once_per
    rows = entries.order_by().values("roster").annotate(entries=Count(counted, distinct=True))
    return Coalesce(Subquery(rows.values("entries"), output_field=models.IntegerField()), 0)


class Roster(Bilingual, Record):
    """A list as published. Its stated count never changes when entries are recorded, and nothing fills the gap."""

    title = models.CharField(_("title"), max_length=100)
    series = models.CharField(
        _("series"),
        max_length=50,
        blank=True,
        db_index=True,
        help_text=_("The same words join the editions of one list."),
    )
    conference = models.ForeignKey(
        "partners.Conference",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rosters",
        verbose_name=_("conference"),
    )
    as_of = PeriodField(_("as of"), blank=True)
    stated = FigureField(_("stated count"), blank=True)
    industries = models.ManyToManyField(
        "partners.Industry",
        blank=True,
        related_name="rosters_as_a_whole",
        verbose_name=_("industries as a whole"),
        help_text=_("Industries stated of the whole list, not of any one entry."),
    )
    note = models.TextField(_("note"), blank=True)
    headline = SmallNumber(_("place on the home page"), null=True, blank=True, help_text=_("Empty: not shown there."))

    search = SearchField("title", texts=("name_en", "series", "stated", "as_of"))
    sort_key = SortKeyField("title")
    for_staff, steering, proved_as = ("headline",), ("headline",), ("name",)

    ON_FILE, NOT_YET_NAMED = _("on file"), _("not yet named")

    objects = RosterQuerySet.as_manager()
    list_name = "rosters"

    class Meta:
        verbose_name = _("roster")
        verbose_name_plural = _("rosters")
        ordering = ("-conference__held_start", "sort_key", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="roster_order")]

    label_paths = ("title", "name_en")
    belongs_by = ("industries",)

    @classmethod
    def entry_relations(cls):
        """The links by which entries of any kind, in any subject, point to a roster."""
        return [relation for relation in cls._meta.related_objects if issubclass(relation.related_model, Entry)]

    @classmethod
    def findings(cls, rows):
        yield from super().findings(rows)
        yield from _overfull({row: row for row in rows})

    @property
    def not_yet_named(self) -> int | None:
        return not_yet_named(self.stated_value, self.stated_bound, self.on_file)


def not_yet_named(stated, bound: str, on_file: int) -> int | None:
    """How many stated entries are not on file; unknown where no exact count is stated."""
    return max(int(stated) - on_file, 0) if stated is not None and bound == Bound.EXACT else None


def _overfull(rosters: dict) -> Iterator[Finding]:
    """By row the roster that it is or stands on: a warning where more are on file than the roster states."""
    exact = {roster.pk for roster in rosters.values() if roster.stated_bound == Bound.EXACT}
    full = Roster.objects.filter(pk__in=exact).overfull() if exact else {}
    for row, roster in rosters.items():
        if roster.pk in full:
            told = {"roster": roster, "stated": roster.stated, "count": full[roster.pk]}
            message = _("%(roster)s states %(stated)s, but %(count)d are on file.") % told
            yield warning(message, row, "stated" if row == roster else "roster")


class RosterFigure(KeptPart):
    """Another figure stated of the whole list, such as a share or a total amount; it belongs to no single entry."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="figures", verbose_name=_("roster"))
    name = models.CharField(_("what it counts"), max_length=100)
    figure = FigureField(_("figure"))
    as_of = PeriodField(_("as of"), blank=True)
    search = SearchField("name", texts=("figure",))

    owner = ("roster",)

    class Meta:
        verbose_name = _("figure of the list")
        verbose_name_plural = _("figures of the list")
        ordering = ("pk",)

    label_paths = ("name", "figure")

    @staticmethod
    def label(name, figure):
        return f"{name} {figure}"


class Entry(Labelled):
    """One entry of a roster. Its place in the text is an order, not a rank."""

    roster = models.ForeignKey(
        Roster, models.PROTECT, null=True, blank=True, related_name="%(class)s_entries", verbose_name=_("roster")
    )
    position = SmallNumber(_("order in the text"), null=True, blank=True, help_text=_("An order, not a rank."))
    printed = models.CharField(_("name as printed"), max_length=200, blank=True)

    public_through = ("roster",)
    counted_once_per = "pk"  # what makes two entries one on the roster

    class Meta:
        abstract = True

    @classmethod
    def on_file(cls):
        """Those that count for staff, public or not: neither held back nor of something withdrawn."""
        held_back = Q(held_back=True) if issubclass(cls, Part) else Q()
        return cls._base_manager.order_by().exclude(held_back | cls._withdrawn())

    @classmethod
    def shown_on_file(cls):
        """Those that the public may know of on a public roster. The few hidden owners are looked up once, as below."""
        hidden, known = Q(), ["roster"]
        for name in public_links(cls):
            owner = cls._meta.get_field(name).related_model
            if name != "roster" and issubclass(owner, Record) and not public_links(owner):
                known.append(name)
                for rows in hidden_rows(owner):
                    hidden |= Q(**{f"{name}__in": rows.values("pk")})
        shown = cls._base_manager.order_by().filter(cls.public_condition(known=known))
        return shown.exclude(hidden) if hidden else shown

    @classmethod
    def _withdrawn(cls) -> Q:
        """The few owners are looked up once: asking each entry for its owner's state would read all of them."""
        if not cls.owner:
            return Q(state=Record.State.WITHDRAWN)
        owners = cls._meta.get_field(cls.owner[0]).related_model._base_manager.order_by()
        few = owners.filter(state=Record.State.WITHDRAWN).filter(not_public())
        return Q(**{f"{cls.owner[0]}__in": few.values("pk")})

    @classmethod
    def findings(cls, rows):
        """Once for a record and a roster, however many of its entries stand there."""
        yield from super().findings(rows)
        first = {(row.owned_by or row, row.roster): row for row in reversed(rows) if row.roster is not None}
        yield from _overfull({row: roster for (_record, roster), row in first.items()})


class NamingEntry(Entry, KeptPart):
    """An entry that does nothing but name the record that it is a part of, once on a roster."""

    class Meta:
        abstract = True
        ordering = ("roster_id", "position", "pk")

    def __str__(self):
        return f"{self.owned_by} · {self.roster}"

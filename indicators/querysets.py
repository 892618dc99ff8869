"""Which of an indicator's figures tells it: the latest one, of the scope that most figures speak of."""

from django.db.models import Case, Count, F, FilteredRelation, Min, OuterRef, Q, Subquery, When

from fengtai.records.querysets import RecordQuerySet


class IndicatorQuerySet(RecordQuerySet):
    def with_latest(self):
        """Adds the link `latest`: to the figure that tells each indicator, as far as the public may know."""
        figures = self.model._meta.get_field("observations").related_model.objects.public()
        own = figures.filter(indicator=OuterRef("pk")).latest_published().most_telling_first()
        latest = Q(observations__pk=Subquery(own.values("pk")[:1]))
        return self.annotate(latest=FilteredRelation("observations", condition=latest))


class ObservationQuerySet(RecordQuerySet):
    def latest_published(self):
        """Those that no public revision has replaced."""
        replaced = self.model.objects.public().exclude(supersedes=None).values("supersedes")
        return self.exclude(pk__in=replaced)

    def most_telling_first(self):
        """Of the scope that most public figures speak of first, no target where there is a figure, of the latest
        period, and of several for the same the one that was worked out last."""
        return self.with_order_of_telling().order_by(*self._order_of_telling())

    def for_the_home_page(self):
        """Figures of indicators with a place there, of each the most telling first."""
        rows = self.latest_published().exclude(indicator__headline=None).with_order_of_telling()
        return rows.order_by("indicator__headline", "indicator", *self._order_of_telling())

    def with_order_of_telling(self):
        """Adds `is_elsewhere`: whether it speaks of another scope than most."""
        return self.annotate(is_elsewhere=Case(When(scope=Subquery(self.main_scope()), then=0), default=1))

    def main_scope(self):
        """The scope that most public figures speak of, for a subquery."""
        spoken = self.model.objects.public().order_by().values("scope").annotate(count=Count("pk"))
        return spoken.order_by("-count", "scope").values("scope")[:1]

    def scopes_in_order(self) -> list[int]:
        """The keys of the scopes that these figures speak of: first the main one, then those of most figures."""
        spoken = self.with_order_of_telling().order_by().values("scope")
        counted = spoken.annotate(far=Min("is_elsewhere"), count=Count("pk")).order_by("far", "-count", "scope")
        return [row["scope"] for row in counted]

    def chain_of(self, row) -> list:
        """Those that replaced each other, from the first to the last, as far as they are among these."""
        same = self.filter(indicator=row.indicator_id, scope=row.scope_id).select_related("indicator", "scope")
        rows = {one.pk: one for one in same.exclude(supersedes=None, superseded_by=None)}
        after = {one.supersedes_id: one for one in rows.values() if one.supersedes_id}
        first = row
        while first.supersedes_id in rows and first.supersedes_id != row.pk:
            first = rows[first.supersedes_id]
        found = [first]
        while (following := after.get(found[-1].pk)) is not None and following.pk != first.pk:
            found.append(following)
        return found

    def _order_of_telling(self) -> tuple:
        vintages = enumerate(self.model.WORKED_OUT)
        worked_out = Case(*(When(vintage=vintage, then=number) for number, vintage in vintages), default=0)
        target = Case(When(vintage=self.model.Vintage.TARGET, then=1), default=0)
        return "is_elsewhere", target, F("period_end").desc(nulls_last=True), worked_out.desc(), "-pk"

"""The stages of a project in the order in which it passed them."""

from dataclasses import replace
from datetime import date

from django.db.models import Case, Max, OrderBy, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from fengtai.lists.many_columns import RecordsColumn
from projects.models import StageEntry
from projects.models.stages import Stage, rank

BEFORE_ALL = date(1, 1, 1)


class StagesColumn(RecordsColumn):
    """By date; an entry whose day nobody states stands where its stage stands on the path, after all earlier ones."""

    def related(self, model, name, *, cited=False):
        shown = Q() if self.staff else StageEntry.released_condition()
        order = [OrderBy(_day(shown)), OrderBy(rank("stage"))]
        plain = super().related(model, name, cited=cited)
        return replace(plain, order=[*order, *plain.order])


def _day(shown: Q) -> Coalesce:
    """The entry's own first day, or the last one of an earlier stage that whoever looks may know of."""
    dated = StageEntry._base_manager.filter(shown, project=OuterRef("project")).exclude(happened_start=None).order_by()
    before = [When(stage=code, then=_last(dated, Stage.values[:at])) for at, code in enumerate(Stage.values) if at]
    return Coalesce("happened_start", Case(*before), Value(BEFORE_ALL))


def _last(dated, stages: list[str]) -> Subquery:
    return Subquery(dated.filter(stage__in=stages).values("project").annotate(day=Max("happened_start")).values("day"))

"""How far a project has come and what money was stated: each entry dated and proved by itself."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ExpressionWrapper, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.records.constraints import Unique
from fengtai.records.fields import LabelledFigureField, PeriodField
from fengtai.records.findings import warning
from fengtai.records.models import KeptPart
from fengtai.records.querysets import RecordQuerySet
from fengtai.search.fields import SearchField
from fengtai.values.labels import MONEY, OTHER
from fengtai.values.units import CURRENCIES
from projects.models.labelled_figures import called, contradiction
from projects.models.projects import Project
from projects.models.stages import Stage, on_path, path_of


class StageEntryQuerySet(RecordQuerySet):
    def reached(self):
        """For subqueries of projects: entries that say how far the project has come, not held back and on its path."""
        kind = ExpressionWrapper(OuterRef("kind"), models.CharField())  # as the project at hand has it: no join
        own = self.filter(project=OuterRef("pk")).alias(kind=kind).order_by()
        return own.filter(self.model.released_condition(), on_path("stage", "kind"))


class StageEntry(KeptPart):
    """A stage reached: when it happened, when it was recorded, and what proves it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="stages", verbose_name=_("project"))
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    happened = PeriodField(_("happened"), blank=True)
    recorded_on = models.DateField(_("recorded"), default=timezone.localdate)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    search = SearchField(texts=("happened",), choices_called=("stage",))

    objects = StageEntryQuerySet.as_manager()
    owner = ("project",)

    class Meta:
        verbose_name = _("stage reached")
        verbose_name_plural = _("stages reached")
        ordering = ("happened_start", "pk")
        indexes = [models.Index(fields=("stage", "project"), name="stage_entry_stage")]
        constraints = [
            Unique(
                fields=("project", "stage"),
                name="stage_once_for_a_project",
                tells=_("The project has reached this stage already."),
            )
        ]

    label_paths = ("stage", "happened")

    @staticmethod
    def label(stage, happened):
        return f"{Stage(stage).label} {happened}".strip()

    @classmethod
    def findings(cls, rows):
        yield from super().findings(rows)
        for later, earlier in _out_of_order(rows):
            message = _("%(later)s lies before %(earlier)s.") % {"later": later, "earlier": earlier}
            yield warning(message, later, "happened")

    def clean(self):
        if self.stage and self.project_id and self.stage not in path_of(self.project.kind):
            raise ValidationError(
                {
                    "stage": _("A project of kind %(kind)s does not pass this stage.")
                    % {"kind": self.project.get_kind_display()}
                }
            )


def _out_of_order(rows: list[StageEntry]) -> Iterator[tuple[StageEntry, StageEntry]]:
    """Stages of one project of which the later is over before the earlier begins."""
    logs = defaultdict(list)
    for row in sorted((row for row in rows if row.stage in Stage), key=lambda row: Stage.values.index(row.stage)):
        logs[row.project_id].append(row)
    for log in logs.values():
        for earlier, later in combinations(log, 2):
            begun, over = earlier.happened.start, later.happened.end
            if begun and over and over < begun:
                yield later, earlier


class Amount(KeptPart):
    """A sum of money as stated. Kinds and currencies are never added together."""

    class Kind(models.TextChoices):
        TOTAL = "total", _("Total investment")
        INTENDED = "intended", _("Intended investment")
        AGREED = "agreed", _("Agreed amount")
        REGISTERED_CAPITAL = "registered-capital", _("Registered capital")
        CAPITAL_INCREASE = "capital-increase", _("Capital increase")
        PAID_IN = "paid-in", _("Paid in")
        LOAN = "loan", _("Loan")
        OUTPUT = "output", _("Annual output value")
        REVENUE = "revenue", _("Annual revenue")
        TAX = "tax", _("Tax revenue")
        OTHER = OTHER, _("Other amount")

    project = models.ForeignKey(Project, models.CASCADE, related_name="amounts", verbose_name=_("project"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    kind_as_printed = models.CharField(_("kind as printed"), max_length=50, blank=True)
    figure = LabelledFigureField(_("amount"), units=CURRENCIES, labels=MONEY)
    as_of = PeriodField(_("as of"), blank=True)
    search = SearchField(texts=("kind_as_printed", "figure", "as_of"), choices_called=("kind",))

    owner = ("project",)

    class Meta:
        verbose_name = _("amount")
        verbose_name_plural = _("amounts")
        ordering = ("kind", "pk")

    label_paths = ("kind", "kind_as_printed", "figure")

    def clean(self):
        super().clean()
        text = f"{self.kind_as_printed}{self.figure or ''}"
        if self.kind and (error := contradiction(MONEY, self.Kind, text, self.kind)):
            raise ValidationError({"kind": error})

    @staticmethod
    def label(kind, words, figure):
        return f"{called(Amount.Kind, kind, words)} {figure}"

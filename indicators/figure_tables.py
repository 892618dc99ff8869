"""The figures of one indicator on its page: all of them with their vintages, and the latest of each scope."""

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import Column
from fengtai.lists.record_columns import RecordColumn
from fengtai.records.chinese import text_html
from fengtai.records.links import NOT_STATED
from indicators.models import Observation
from indicators.tables import ObservationTable


class ByPeriod:
    """Called by what it speaks of, where the indicator is known."""

    @staticmethod
    def label_columns(prefix: str) -> list:
        return [F(f"{prefix}period")]

    @staticmethod
    def label(period) -> str:
        return str(period or NOT_STATED)


class ByFigure:
    """Called by what it says, with its vintage."""

    @staticmethod
    def label_columns(prefix: str) -> list:
        return [F(f"{prefix}{name}") for name in ("value", "growth", "comparison", "vintage")]

    @staticmethod
    def label(value, growth, comparison, vintage) -> str:
        told = str(value or growth or comparison or "")
        if not vintage:
            return told
        return gettext("%(figure)s (%(vintage)s)") % {"figure": told, "vintage": Observation.Vintage(vintage).label}


class OtherFigure(RecordColumn):
    """A link to a figure in the same chain of revisions; most have none, which no source leaves unstated."""

    def cell(self, model, name):
        linked = super().cell(model, name)
        return lambda values: "" if values[0] is None else linked(values)


class ReasonColumn(Column):
    """Why a figure was revised; empty of one that revises nothing."""

    def cell(self, model, name):
        shown = text_html()
        return lambda values: shown(values[0] or "")


class FiguresOfIndicator(ObservationTable):
    when = RecordColumn(verbose_name=_("period"), itself=True, called=ByPeriod, sort=())
    replaced = OtherFigure(accessor="superseded_by", verbose_name=_("replaced by"), called=ByFigure, sort=())
    replaces = OtherFigure(accessor="supersedes", verbose_name=_("replaces"), called=ByFigure, sort=())
    why = ReasonColumn(accessor="reason", verbose_name=_("reason of the revision"), sort=())

    SHOWN = ("when", "scope", "value", "growth", "comparison", "vintage", "replaced", "replaces", "why", "sources")

    class Meta:
        model = Observation
        fields = ()

    @classmethod
    def in_sequence(cls):
        return [*cls.SHOWN]


class FiguresByScope(FiguresOfIndicator):
    SHOWN = ("scope", "when", "value", "growth", "comparison", "vintage", "sources")

    class Meta:
        model = Observation
        fields = ()

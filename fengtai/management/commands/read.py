"""Shows how a figure, a growth or a period is understood: `manage.py read 约3.5亿元 增长6.5% 2024年上半年`."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from fengtai.records.readings import describe, explain
from fengtai.values.figures import FigureError, parse_figure
from fengtai.values.growths import parse_growth
from fengtai.values.periods import PeriodError, parse_period


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("texts", nargs="+", metavar="TEXT")
        parser.add_argument("--unit", help="the unit of the text's column, for figures without one")

    def handle(self, texts, unit, **options):
        for text in texts:
            self.stdout.write(self.style.MIGRATE_HEADING(text))
            for label, read in self._readers(unit):
                try:
                    value = read(text)
                except (FigureError, PeriodError) as error:
                    self.stdout.write(f"  {label}: {self.style.WARNING(explain(error))}")
                else:
                    self.stdout.write(f"  {label}: {describe(value)}\n    {value!r}")

    def _readers(self, unit):
        return (
            (_("figure"), lambda text: parse_figure(text, unit)),
            (_("growth"), parse_growth),
            (_("period"), parse_period),
        )

"""The generator writes only where nothing else stands: an empty database, or one it filled itself."""

from django.core.management import call_command
from django.db import connection

from fengtai.records.models import Source
from fengtai.records.trail.guarding import drop_guards
from indicators.models import Indicator
from partners.models import Conference, Industry, Organisation, Policy, Roster
from projects.models import Place, Project
from tests.bench.words import EXAMPLE

MARK = f"{EXAMPLE}来源（性能测试）"  # the source that says: all rows here were generated
NAMED = {
    Source: "title",
    Organisation: "name",
    Industry: "name",
    Conference: "name",
    Policy: "name",
    Roster: "title",
    Indicator: "name",
    Place: "name",
    Project: "title",
}


class NotOurs(Exception):
    """The database holds rows that the generator did not make."""


def claim():
    """Leaves an empty database to the generator, or refuses."""
    ours = Source.objects.filter(title=MARK).exists()
    for model, field in NAMED.items():
        rows = model.objects.exclude(**{f"{field}__startswith": EXAMPLE}) if ours else model.objects.all()
        if rows.exists():
            raise NotOurs(f"{model._meta.label} holds rows that were not generated: nothing was changed")
    if ours:
        with connection.cursor() as cursor:
            for statement in drop_guards(cursor):
                cursor.execute(statement)
        call_command("flush", interactive=False, verbosity=0)

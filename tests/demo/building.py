"""Fills an empty database: all rows first, then the people, then what they leave waiting on the desks."""

import io

from django.core.management import call_command
from django.db import connection, transaction

from fengtai.records.models import Source
from tests.demo.accounts import make_accounts
from tests.demo.acknowledged import Acknowledged
from tests.demo.desks import leave_waiting
from tests.demo.figures import Figures
from tests.demo.places import Places
from tests.demo.programme import Programme
from tests.demo.projects import Projects
from tests.demo.sources import MARK, Sources
from tests.demo.world import World

SEED = 2024


def is_built() -> bool:
    return Source.objects.filter(title=MARK).exists()


@transaction.atomic
def build(seed: int = SEED) -> None:
    """Whole or not at all: what was interrupted is begun again."""
    write_rows(seed)
    call_command("populate_history", auto=True, verbosity=0, stdout=io.StringIO())
    leave_waiting(make_accounts())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write_rows(seed: int = SEED) -> World:
    world = World(seed)
    sources = Sources(world)
    programme = Programme(world, sources)
    Acknowledged(world, sources, programme)
    Projects(world, sources, programme, Places(world, sources, programme))
    Figures(world, sources)
    world.write()
    return world

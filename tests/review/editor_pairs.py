"""Pairs of editors at one record, one after the other and at once: counts what is lost, what fails, what is not shown.

`python -m tests.review.editor_pairs --pairs 200 --databases sqlite postgresql` prints a line for each database, order
and way, and ends with 1 where anything was lost. The databases are made by the run and dropped after it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import traceback
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Barrier, Thread

POSTGRESQL = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")


@dataclass
class Tally:
    pairs: int = 0
    lost: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)

    def __str__(self):
        counts = f"{len(self.lost)} lost, {len(self.errors)} errors, {len(self.unshown)} not shown with both values"
        return f"{self.pairs} pairs, {counts}"

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.errors or self.unshown)


@dataclass
class Office:
    editors: list
    reviewers: list
    folder: Path


def tallies(pairs: int, folder: Path, *, seed: int = 1, ways=None) -> dict[tuple[str, str], Tally]:
    """By order and way: so many pairs in each order, the ways by turns."""
    from tests.review.pair_ways import WAYS  # once Django is set up

    people, found = office(folder), defaultdict(Tally)
    ways = {name: WAYS[name] for name in ways or WAYS}
    for order, together in (("one after the other", one_after_the_other), ("at once", at_once)):
        for number in range(pairs):
            way = [*ways][number % len(ways)]
            rng = Random(f"{seed} {order} {number}")
            published = bool(number // len(ways) % 2)
            _play(found[order, way], ways[way], rng, people, published, together, f"{seed} {order} {number}")
    return found


def _play(tally: Tally, way, rng, people, published, together, name) -> None:
    tally.pairs += 1
    try:
        pair = way(rng, people, published=published)
        pair.play(together)
    except Exception:
        tally.errors.append(f"{name}: {traceback.format_exc(limit=-3, chain=False)}")
        return
    tally.lost += [f"{name} {said}" for said in pair.lost]
    tally.unshown += [f"{name} {said}" for said in pair.unshown]


def one_after_the_other(acts: list) -> None:
    for act in acts:
        act()


def at_once(acts: list) -> None:
    """Each in a thread and on connections of its own, let go at the same moment."""
    start, failed = Barrier(len(acts)), []
    threads = [Thread(target=_let_go, args=(act, start, failed)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def _let_go(act, start: Barrier, failed: list) -> None:
    from django.db import connections

    try:
        start.wait()
        act()
    except Exception as error:
        failed.append(error)
    finally:
        connections.close_all()


def office(folder: Path) -> Office:
    from django.contrib.auth import get_user_model

    people = [
        get_user_model().objects.create_superuser(f"示例{name}", password=None) for name in ("甲", "乙", "审一", "审二")
    ]
    return Office(people[:2], people[2:], folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ways", nargs="+")
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument(
        "--here", action="store_true", help="on the database of the environment; the others are runs of this"
    )
    arguments = parser.parse_args()
    if arguments.here:
        sys.exit(_measured(arguments))
    sys.exit(max(run_on(database, __spec__.name) for database in arguments.databases))


def run_on(database: str, module: str) -> int:
    """Runs a module again in a process of its own, on a database of that kind."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/db.sqlite3" if database == "sqlite" else POSTGRESQL
        told = {"DATABASE_URL": url, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "fengtai.settings"}
        command = [sys.executable, "-m", module, *sys.argv[1:], "--here"]
        return subprocess.run(command, env=os.environ | told).returncode


@contextmanager
def own_database():
    """A database made for what is measured inside, and dropped afterwards: its connection."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import override_settings, setup_test_environment

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # hashed names need a collected folder
    override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()
    name = str(settings.DATA_DIR / "pairs.sqlite3") if connection.vendor == "sqlite" else f"fengtai_pairs_{os.getpid()}"
    connection.settings_dict["TEST"] |= {"NAME": name, "MIGRATE": False}
    setup_test_environment(debug=False)
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield connection
    finally:
        connection.creation.destroy_test_db(str(settings.DATABASES["default"]["NAME"]), verbosity=0)


def _measured(arguments) -> int:
    with own_database() as connection:
        from django.conf import settings

        found = tallies(arguments.pairs, settings.DATA_DIR, seed=arguments.seed, ways=arguments.ways)
    for (order, way), tally in found.items():
        print(f"{connection.vendor}, {order}, {way}: {tally}", flush=True)
        for said in (*tally.lost, *tally.errors, *tally.unshown):
            print(f"    {said}", file=sys.stderr)
    return int(not all(tally.is_clean for tally in found.values()))


if __name__ == "__main__":
    main()

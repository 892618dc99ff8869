"""Restores a backup onto an empty place: files, then the database in one step; until then a mark says that it is half.

While the mark stands the site does not start (a check says why), and the same restore can be done again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from fengtai.operations.backups import places
from fengtai.operations.backups.comparing import copied, site_differences
from fengtai.operations.backups.databases import database, is_empty
from fengtai.operations.backups.folders import alone, disk_told, held, refuse_small, sweep
from fengtai.operations.backups.manifests import Manifest
from fengtai.operations.backups.marks import Mark
from fengtai.operations.backups.placing import Placing
from fengtai.operations.backups.proving import proved, refuse_faulty
from fengtai.operations.backups.schemas import refuse_strange
from fengtai.operations.backups.stores import Stored, measured
from fengtai.operations.reaching import refuse_missing_database
from fengtai.operations.telling import Refused, in_both
from fengtai.values.translatable import N_

LOCK = "restore.lock"


def restore(folder: Path, *, other_schema: bool = False, unencrypted: bool = False) -> Manifest:
    """Puts all of a backup into the place that the settings name; refused unless the one is whole, the other empty."""
    stored = proved(folder, unencrypted=unencrypted)
    _refuse_unfit(stored.manifest, other_schema)
    refuse_missing_database()
    with alone(settings.DATA_DIR / LOCK):
        mark = Mark.here()
        if mark.backup:
            _refuse_another(mark, stored)
            database().stop_left()
        if mark.backup and not is_empty():  # all of it stands but the last step
            _refuse_differing(mark, stored)
        else:
            with disk_told(settings.DATA_DIR):
                _begin(mark, stored)
        mark.take_away()
    return stored.manifest


def _begin(mark: Mark, stored: Stored):
    there = _there_already(mark, stored)
    refuse_small(settings.DATA_DIR, sum(one.size for name, one in stored.manifest.files.items() if name not in there))
    mark.put(stored.folder)
    placing = Placing(stored, there)
    with _all_or_nothing(mark, placing):
        placing.all()
        with held(database().beside()) as scratch:
            stored.take(database().FILE, scratch / database().FILE)
            database().put_back(scratch / database().FILE, partial(refuse_faulty, stored))


@contextmanager
def _all_or_nothing(mark: Mark, placing: Placing) -> Iterator[None]:
    """What is refused leaves the place as it was; what is killed leaves the mark."""
    try:
        yield
    except Exception:
        if is_empty():
            placing.take_back()
            if not placing.there:
                mark.take_away()
        raise


def _refuse_unfit(manifest: Manifest, other_schema: bool):
    if manifest.engine != connection.vendor:
        told = N_("The backup is of %(engine)s, and DATABASE_URL names %(vendor)s: name an empty database of its kind.")
        raise Refused(told, engine=manifest.engine, vendor=connection.vendor)
    if settings.DEMO and places.DEMO not in manifest.files:
        told = N_(
            "%(folder)s holds invented rows. `make demo` serves them; for real data name another folder in DATA_DIR."
        )
        raise Refused(told, folder=settings.DATA_DIR)
    if not other_schema:
        refuse_strange(manifest)


def _refuse_another(mark: Mark, stored: Stored):
    """What one backup began no other finishes; of a mark that does not say which it was, all that is there is read."""
    if mark.identity not in ("", stored.seal.identity):
        told = N_(
            "A restore of another backup, %(backup)s, was cut short here, and nothing was changed. Do that one again;"
            " or, to restore this one, empty the database and the folders of files, and delete %(mark)s."
        )
        raise Refused(told, backup=mark.backup, mark=mark.path)


def _there_already(mark: Mark, stored: Stored) -> set[str]:
    """The files that the same restore put there before it was cut short; refused where anything else lies there."""
    told = N_(
        "%(place)s is not empty, and nothing was changed: a backup is restored onto an empty database and folders only."
    )
    if found := database().occupied_by():
        raise Refused(told, place=f"{connection.settings_dict['NAME']} ({found})")
    if mark.backup:
        return _left(stored)
    for store in places.stores().values():
        if places.has_files(store):
            raise Refused(told, place=store)
    return set()


def _left(stored: Stored) -> set[str]:
    files = {name: one for name, one in stored.manifest.files.items() if name.startswith(f"{places.FILES}/")}
    for folder in {places.place_of(name).parent for name in files}:
        sweep(folder)
    found = dict(places.files())
    for name, path in found.items():
        if name not in files or measured(path) != files[name].measure:
            told = N_(
                "%(file)s was not put there by the restore that was cut short, and nothing was changed: move it away"
                " and restore again."
            )
            raise Refused(told, file=path)
    return set(found)


def _refuse_differing(mark: Mark, stored: Stored):
    single = {name: places.place_of(name) for name in places.SINGLE if places.place_of(name).is_file()}
    there = dict(places.files()) | single
    with copied(stored) as copy:
        refuse_faulty(stored, copy)
        found = site_differences(copy, stored.manifest, there)
    if found:
        told = N_(
            "The site does not hold what the backup holds, and nothing was changed. If it was used since the restore,"
            " and is as it should be, delete %(mark)s."
        )
        raise CommandError("\n".join([in_both(told, mark=mark.path), *found]))

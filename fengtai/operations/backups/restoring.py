"""Restores a backup onto an empty place: files, then the database in one step; until then a mark says that it is half.

While the mark stands the site does not start (a check says why), and the same restore can be done again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from fengtai.operations.backups import places
from fengtai.operations.backups.contents import contents
from fengtai.operations.backups.databases import database, is_empty
from fengtai.operations.backups.folders import alone, disk_told, held, refuse_small
from fengtai.operations.backups.keys import keys_given
from fengtai.operations.backups.manifests import Manifest, read_seal
from fengtai.operations.backups.marks import Mark
from fengtai.operations.backups.schemas import refuse_strange
from fengtai.operations.backups.stores import Stored
from fengtai.operations.reaching import refuse_missing_database
from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_

LOCK = "restore.lock"
REPLACED = "secret_key.replaced"  # the key that stood there: made by the first command of a new place, as a rule


def restore(folder: Path, *, other_schema: bool = False) -> Manifest:
    """Puts all of a backup into the place that the settings name; refused unless that is empty."""
    folder = folder.resolve()
    stored = Stored(folder, keys_given(), encrypted=read_seal(folder).encrypted)
    manifest = stored.manifest()
    _refuse_unfit(manifest, other_schema)
    refuse_missing_database()
    with alone(settings.DATA_DIR / LOCK):
        mark = Mark.here()
        if mark.backup:
            database().stop_left()
        if not mark.backup or is_empty():
            _begin(mark, stored, manifest)
        else:  # all of it stands but the last step
            _refuse_differing(manifest)
        mark.take_away()
    return manifest


def _begin(mark: Mark, stored: Stored, manifest: Manifest):
    if mark.backup:
        _clear()
    else:
        _refuse_occupied()
    refuse_small(settings.DATA_DIR, sum(one.size for one in manifest.files.values()))
    mark.put(stored.folder)
    with disk_told(settings.DATA_DIR), _all_or_nothing(mark):
        _put_back(stored, manifest)


@contextmanager
def _all_or_nothing(mark: Mark) -> Iterator[None]:
    """What is refused leaves an empty place; what is killed leaves the mark."""
    try:
        yield
    except Exception:
        if is_empty():
            _clear()
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
    for name in manifest.files.keys() - {database().FILE}:
        places.place_of(name)


def _refuse_occupied():
    told = N_(
        "%(place)s is not empty, and nothing was changed: a backup is restored onto an empty database and folders only."
    )
    if not is_empty():
        raise Refused(told, place=connection.settings_dict["NAME"])
    for store in places.stores().values():
        if places.has_files(store):
            raise Refused(told, place=store)


def _clear():
    """Takes away what a restore put there before its database stood: the folders were empty when it began."""
    for _name, path in places.files():
        path.unlink()


def _put_back(stored: Stored, manifest: Manifest):
    for name in manifest.files:
        if name.startswith(f"{places.FILES}/"):
            stored.take(name, manifest, places.place_of(name))
    for name in (places.SECRET_KEY, places.DEMO):
        if name in manifest.files:
            _replace(stored, manifest, name)
    with held(database().beside()) as scratch:
        stored.take(database().FILE, manifest, scratch / database().FILE)
        database().put_back(scratch / database().FILE)
    _refuse_differing(manifest)


def _refuse_differing(manifest: Manifest):
    if (found := contents(connection).tables) != manifest.tables:
        told = N_(
            "The database does not hold what the backup says: %(tables)s. Nothing more was changed. If the site was"
            " used since the restore, and is as it should be, delete %(mark)s."
        )
        raise Refused(told, tables=", ".join(differing(manifest.tables, found)), mark=Mark.here().path)


def _replace(stored: Stored, manifest: Manifest, name: str):
    """Never half: a key that is cut short would be one that nobody else has."""
    place = places.place_of(name)
    with held(settings.DATA_DIR) as scratch:
        stored.take(name, manifest, scratch / name)
        if place.exists() and place.read_bytes() != (scratch / name).read_bytes():
            place.rename(place.with_name(REPLACED))
        (scratch / name).rename(place)


def differing(then: dict[str, int], now: dict[str, int]) -> list[str]:
    """The tables whose rows differ, as “table: then → now”."""
    tables = sorted(then.keys() | now.keys())
    return [f"{one}: {then.get(one)} → {now.get(one)}" for one in tables if then.get(one) != now.get(one)]

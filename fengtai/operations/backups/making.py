"""Makes a backup: first the database as of one moment, then the files, last the seal and the name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from fengtai.operations.backups import places
from fengtai.operations.backups.contents import Contents
from fengtai.operations.backups.databases import database, lacks_tables
from fengtai.operations.backups.folders import all_written_out, disk_told, held, refuse_small, written_out
from fengtai.operations.backups.keys import keys_given
from fengtai.operations.backups.manifests import SEAL, Manifest, Seal, as_json, this_site
from fengtai.operations.backups.schemas import applied
from fengtai.operations.backups.stores import Written
from fengtai.operations.reaching import refuse_missing_database
from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_

NAME = "fengtai-%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Made:
    """A backup, and the files that it could not keep although they were there when it began."""

    folder: Path
    manifest: Manifest
    unread: list[str]


def back_up(folder: Path) -> Made:
    """A new backup in `folder`, of the site as it was when its database was copied.

    Rows never name a file that was added later: a file is on the disk before a row names it, and files are copied
    after the rows. Whatever ends it early leaves no backup.
    """
    keys = keys_given()
    folder = folder.resolve()
    places.refuse_within_stores(folder)
    refuse_missing_database()
    if lacks_tables():
        raise Refused(N_("The database is empty: there is nothing to back up."))
    with disk_told(folder), held(folder) as unfinished:
        refuse_small(folder, database().size() + places.size())
        if keys:  # copied there first, and encrypted from there
            refuse_small(settings.DATA_DIR, database().size())
        written = Written(unfinished, keys)
        moment = datetime.now(UTC)
        held_then = written.put_made(database().FILE, database().copy_to)
        unread = list(_put_files(written))
        manifest = _manifest(moment, held_then, written)
        written.put_manifest(manifest)
        return Made(_named(unfinished, folder, moment, written), manifest, unread)


def _put_files(written: Written) -> Iterator[str]:
    """Keeps all files; names those that went away meanwhile or may not be read."""
    for name, path in (*places.files(), *places.single_files()):
        try:
            source = path.open("rb")
        except (FileNotFoundError, PermissionError):
            yield name
            continue
        with source:
            written.put(name, source)


def _manifest(moment: datetime, held_then: Contents, written: Written) -> Manifest:
    return Manifest(
        made=moment.isoformat(),
        engine=connection.vendor,
        server=held_then.server,
        tables=held_then.tables,
        migrations=applied(held_then.migrations),
        files=written.kept,
        missing=[name for name in held_then.named if name not in written.kept],
        elsewhere=places.elsewhere(),
        secret_key="file" if places.SECRET_KEY in written.kept else "environment",
    )


def _named(unfinished: Path, folder: Path, moment: datetime, written: Written) -> Path:
    """Seals the backup and gives it its name, once all of it is on the disk."""
    seal = Seal(moment.isoformat(), this_site(), written.keys is not None, written.stored)
    (unfinished / SEAL).write_bytes(as_json(seal))
    written_out(unfinished / SEAL)
    all_written_out(unfinished)
    name = moment.strftime(NAME)
    number = 1
    while (place := folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    unfinished.rename(place)
    written_out(folder)
    return place

"""Proves a backup: every file as it was, the database restored into a scratch place and counted."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from fengtai.operations.backups import places
from fengtai.operations.backups.contents import Contents, contents
from fengtai.operations.backups.databases import KINDS, database
from fengtai.operations.backups.folders import disk_told, held, refuse_small
from fengtai.operations.backups.keys import keys_given
from fengtai.operations.backups.manifests import SEAL, KeptFile, Manifest, Measure, Seal, read_seal
from fengtai.operations.backups.restoring import differing
from fengtai.operations.backups.stores import Stored, inside, measured
from fengtai.operations.telling import Refused, in_both
from fengtai.values.translatable import N_


def verify(folder: Path) -> Manifest:
    """What the backup says it holds; refused with all that is wrong with it."""
    folder = folder.resolve()
    seal = read_seal(folder)
    _refuse(folder, list(_stored_faults(folder, seal)))  # without a key, too
    stored = Stored(folder, keys_given(), encrypted=seal.encrypted)
    manifest = stored.manifest()
    _refuse(folder, [*_file_faults(stored, manifest), *_database_faults(stored, manifest)])
    return manifest


def _refuse(folder: Path, faults: list[str]):
    if faults:
        raise CommandError("\n".join([in_both(N_("Faults of %(backup)s:"), backup=folder), *faults]))


def _stored_faults(folder: Path, seal: Seal) -> Iterator[str]:
    lying = {os.fspath(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()} - {SEAL}
    for name in sorted(lying - seal.stored.keys()):
        yield in_both(N_("%(file)s does not belong to the backup."), file=name)
    for name, measure in seal.stored.items():
        path = inside(folder, name)
        if not path.is_file():
            yield in_both(N_("%(file)s is missing from the backup."), file=name)
        elif measured(path) != measure:
            yield in_both(N_("%(file)s of the backup is not as it was when the backup was made."), file=name)


def _file_faults(stored: Stored, manifest: Manifest) -> Iterator[str]:
    """Without encryption the files are those that the seal named, and were read already."""
    with Path(os.devnull).open("wb") as nowhere:
        for name, kept in manifest.files.items() if stored.keys else ():
            if stored.passed(kept, nowhere) != _measure(kept):
                yield in_both(N_("%(file)s of the backup is not as it was when the backup was made."), file=name)


def _measure(kept: KeptFile) -> Measure:
    return Measure(kept.size, kept.sha256)


def _database_faults(stored: Stored, manifest: Manifest) -> Iterator[str]:
    if manifest.engine != connection.vendor:
        told = N_("The backup is of %(engine)s: to verify it name a server or file of that kind in DATABASE_URL.")
        raise Refused(told, engine=manifest.engine)
    kind = database()
    with disk_told(settings.DATA_DIR), held(settings.DATA_DIR) as folder:
        refuse_small(folder, manifest.files[kind.FILE].size if kind.FILE in manifest.files else 0)
        stored.take(kind.FILE, manifest, folder / kind.FILE)
        with kind.scratch(folder / kind.FILE) as copied:
            yield from _content_faults(manifest, contents(copied))
            yield from kind.faults(copied)


def _content_faults(manifest: Manifest, found: Contents) -> Iterator[str]:
    if tables := differing(manifest.tables, found.tables):
        told = N_("The rows of the copy are not as many as the backup says: %(tables)s")
        yield in_both(told, tables=", ".join(tables))
    if found.migrations != sorted(manifest.migrations):
        yield in_both(N_("The migrations of the copy are not those that the backup names."))
    for name in found.named:
        if name not in manifest.files and name not in manifest.missing:
            yield in_both(N_("A row names %(file)s, which the backup lacks."), file=name)


def site_differences(manifest: Manifest) -> list[str]:
    """Where the site that the settings name differs from the backup: rows by table, and files."""
    found = [
        in_both(N_("Rows %(table)s"), table=one) for one in differing(manifest.tables, contents(connection).tables)
    ]
    there = dict((*places.files(), *places.single_files()))
    kept = {name: one for name, one in manifest.files.items() if name not in [kind.FILE for kind in KINDS.values()]}
    for name in sorted(there.keys() - kept.keys()):
        found.append(in_both(N_("File %(file)s: only on the site"), file=name))
    for name, one in kept.items():
        if name not in there:
            found.append(in_both(N_("File %(file)s: only in the backup"), file=name))
        elif measured(there[name]) != _measure(one):
            found.append(in_both(N_("File %(file)s: not the same"), file=name))
    return found

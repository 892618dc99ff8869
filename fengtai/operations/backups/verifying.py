"""Proves a backup: every file as it was, the database restored into a scratch place and counted."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection

from fengtai.operations.backups import places
from fengtai.operations.backups.comparing import copied, differing, site_differences
from fengtai.operations.backups.contents import Contents, contents
from fengtai.operations.backups.databases import database
from fengtai.operations.backups.keys import keys_given
from fengtai.operations.backups.manifests import SEAL, Manifest, Seal, read_seal
from fengtai.operations.backups.stores import Stored, inside, measured
from fengtai.operations.telling import Refused, in_both
from fengtai.values.translatable import N_


def verify(folder: Path, *, site: bool = False) -> tuple[Manifest, list[str]]:
    """What the backup says it holds, and if asked where the site differs; refused with all that is wrong with it."""
    folder = folder.resolve()
    seal = read_seal(folder)
    _refuse(folder, list(_stored_faults(folder, seal)))  # without a key, too
    stored = Stored(folder, seal, keys_given())
    _refuse_other_engine(stored.manifest)
    faults = list(_file_faults(stored))
    with copied(stored) as copy:
        _refuse(folder, [*faults, *_content_faults(stored.manifest, contents(copy)), *database().faults(copy)])
        there = dict((*places.files(), *places.single_files())) if site else {}
        return stored.manifest, site_differences(copy, stored.manifest, there) if site else []


def _refuse(folder: Path, faults: list[str]):
    if faults:
        raise CommandError("\n".join([in_both(N_("Faults of %(backup)s:"), backup=folder), *faults]))


def _refuse_other_engine(manifest: Manifest):
    if manifest.engine != connection.vendor:
        told = N_("The backup is of %(engine)s: to verify it name a server or file of that kind in DATABASE_URL.")
        raise Refused(told, engine=manifest.engine)


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


def _file_faults(stored: Stored) -> Iterator[str]:
    """Without encryption the files are those that the seal named, and were read already."""
    with Path(os.devnull).open("wb") as nowhere:
        for name, kept in stored.manifest.files.items() if stored.keys else ():
            if stored.passed(kept, nowhere) != kept.measure:
                yield in_both(N_("%(file)s of the backup is not as it was when the backup was made."), file=name)


def _content_faults(manifest: Manifest, found: Contents) -> Iterator[str]:
    if tables := differing(manifest.tables, found.tables):
        told = N_("The rows of the copy are not as many as the backup says: %(tables)s")
        yield in_both(told, tables=", ".join(tables))
    if found.migrations != sorted(manifest.migrations):
        yield in_both(N_("The migrations of the copy are not those that the backup names."))
    for name in found.named:
        if name not in manifest.files and name not in manifest.missing:
            yield in_both(N_("A row names %(file)s, which the backup lacks."), file=name)

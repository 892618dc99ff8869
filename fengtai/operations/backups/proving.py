"""Whether a backup is whole: the one question that `verify` answers and `restore` asks before it begins."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import CommandError

from fengtai.operations.backups import places
from fengtai.operations.backups.comparing import differing
from fengtai.operations.backups.contents import Contents, contents
from fengtai.operations.backups.databases import KINDS, database
from fengtai.operations.backups.folders import disk_told
from fengtai.operations.backups.keys import keys_given
from fengtai.operations.backups.manifests import Manifest, Seal, read_seal
from fengtai.operations.backups.stores import Stored, inside, lying, measured
from fengtai.operations.telling import Refused, in_both
from fengtai.values.translatable import N_

ABSENT = N_("%(file)s is missing from the backup.")
CHANGED = N_("%(file)s of the backup is not as it was when the backup was made.")
FOREIGN = N_("%(file)s does not belong to the backup.")


def proved(folder: Path, *, unencrypted: bool = False) -> Stored:
    """The backup, every file of which was read; refused with all that is wrong with it. Its database is not opened."""
    folder = folder.resolve()
    with disk_told(folder):
        seal = read_seal(folder)
        keys = keys_given()
        if keys and not seal.encrypted and not unencrypted:
            told = N_(
                "%(folder)s is not encrypted, although a key is given: anybody may have made it. If it is meant all the"
                " same: --unencrypted."
            )
            raise Refused(told, folder=folder)
        _refuse(folder, _stored_faults(folder, seal))  # without a key, too
        stored = Stored(folder, seal, keys)
        _refuse(folder, _manifest_faults(stored))
        _refuse(folder, _file_faults(stored))
    return stored


def refuse_faulty(stored: Stored, copy):
    """Of its database, through a connection to what was made of it."""
    _refuse(stored.folder, [*_content_faults(stored.manifest, contents(copy)), *database().faults(copy)])


def _refuse(folder: Path, faults: Iterator[str] | list[str]):
    if found := list(faults):
        raise CommandError("\n".join([in_both(N_("Faults of %(backup)s:"), backup=folder), *found]))


def _stored_faults(folder: Path, seal: Seal) -> Iterator[str]:
    """What lies in the folder beside what its seal says."""
    yield from (in_both(FOREIGN, file=name) for name in sorted(lying(folder) - seal.stored.keys()))
    for name, measure in seal.stored.items():
        path = inside(folder, name)
        if not os.path.isfile(path):
            yield in_both(ABSENT, file=name)
        elif measured(path) != measure:
            yield in_both(CHANGED, file=name)


def _manifest_faults(stored: Stored) -> Iterator[str]:
    """What the manifest says beside what the seal says, and beside the places that this site has."""
    manifest, sealed = stored.manifest, stored.seal.stored
    for name, kept in manifest.files.items():
        if kept.stored not in sealed:
            yield in_both(ABSENT, file=name)
        elif not stored.keys and sealed[kept.stored] != kept.measure:
            yield in_both(CHANGED, file=name)
    named = {kept.stored for kept in manifest.files.values()} | {stored.manifest_name}
    yield from (in_both(FOREIGN, file=name) for name in sorted(sealed.keys() - named))
    files = [kind.FILE for kind in KINDS.values()]
    needed = {KINDS[manifest.engine].FILE} if manifest.engine in KINDS else set()
    needed |= {places.SECRET_KEY} if manifest.secret_key == "file" else set()
    yield from (in_both(ABSENT, file=name) for name in sorted(needed - manifest.files.keys()))
    yield from places.faults([name for name in manifest.files if name not in files])


def _file_faults(stored: Stored) -> Iterator[str]:
    """What is read by the key; without encryption the files are those of the seal, and were read already."""
    with Path(os.devnull).open("wb") as nowhere:
        for name, kept in stored.manifest.files.items() if stored.keys else ():
            if stored.passed(kept, nowhere) != kept.measure:
                yield in_both(CHANGED, file=name)


def _content_faults(manifest: Manifest, found: Contents) -> Iterator[str]:
    if tables := differing(manifest.tables, found.tables):
        told = N_("The rows of the copy are not as many as the backup says: %(tables)s")
        yield in_both(told, tables=", ".join(tables))
    if found.migrations != sorted(manifest.migrations):
        yield in_both(N_("The migrations of the copy are not those that the backup names."))
    for name in found.named:
        if name not in manifest.files and name not in manifest.missing:
            yield in_both(N_("A row names %(file)s, which the backup lacks."), file=name)

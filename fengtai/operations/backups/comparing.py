"""What a backup holds beside what a site holds: every row of every table, every file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from fengtai.operations.backups.contents import summed
from fengtai.operations.backups.databases import KINDS, database
from fengtai.operations.backups.folders import disk_told, held, refuse_small
from fengtai.operations.backups.manifests import Manifest
from fengtai.operations.backups.stores import Stored, measured
from fengtai.operations.telling import in_both
from fengtai.values.translatable import N_


@contextmanager
def copied(stored: Stored) -> Iterator:
    """A connection to the database of a backup, restored into a scratch place."""
    kind = database()
    with disk_told(settings.DATA_DIR), held(settings.DATA_DIR) as folder:
        refuse_small(folder, stored.manifest.files[kind.FILE].size)
        stored.take(kind.FILE, folder / kind.FILE)
        with kind.scratch(folder / kind.FILE) as connected:
            yield connected


def site_differences(copy, manifest: Manifest, there: dict[str, Path]) -> list[str]:
    """Where the site that the settings name differs from a backup; `there` are its files, as a backup names them."""
    found = [in_both(N_("Rows %(table)s"), table=one) for one in differing(summed(copy), summed(connection))]
    kept = {name: one for name, one in manifest.files.items() if name not in [kind.FILE for kind in KINDS.values()]}
    for name in sorted(there.keys() - kept.keys()):
        found.append(in_both(N_("File %(file)s: only on the site"), file=name))
    for name, one in kept.items():
        if name not in there:
            found.append(in_both(N_("File %(file)s: only in the backup"), file=name))
        elif measured(there[name]) != one.measure:
            found.append(in_both(N_("File %(file)s: not the same"), file=name))
    return found


def differing(then: dict, now: dict) -> list[str]:
    """The tables that differ, as “table: then → now”."""
    tables = sorted(then.keys() | now.keys())
    return [f"{one}: {then.get(one)} → {now.get(one)}" for one in tables if then.get(one) != now.get(one)]

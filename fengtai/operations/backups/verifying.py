"""Proves a backup: every file as it was, the database restored into a scratch place and counted."""

from pathlib import Path

from django.db import connection

from fengtai.operations.backups import places
from fengtai.operations.backups.comparing import copied, site_differences
from fengtai.operations.backups.manifests import Manifest
from fengtai.operations.backups.proving import proved, refuse_faulty
from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_


def verify(folder: Path, *, site: bool = False, unencrypted: bool = False) -> tuple[Manifest, list[str]]:
    """What the backup says it holds, and if asked where the site differs; refused with all that is wrong with it."""
    stored = proved(folder, unencrypted=unencrypted)
    manifest = stored.manifest
    if manifest.engine != connection.vendor:
        told = N_("The backup is of %(engine)s: to verify it name a server or file of that kind in DATABASE_URL.")
        raise Refused(told, engine=manifest.engine)
    with copied(stored) as copy:
        refuse_faulty(stored, copy)
        there = dict((*places.files(), *places.single_files())) if site else {}
        return manifest, site_differences(copy, manifest, there) if site else []

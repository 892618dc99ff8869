"""Whether a backup's tables are those that this release knows, told by migrations and by what stands in ours."""

import inspect
from hashlib import sha256

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from fengtai.operations.backups.manifests import Manifest
from fengtai.operations.telling import Refused, in_both
from fengtai.values.translatable import N_


def known_migrations() -> dict[str, str]:
    """By app.name; of the site's own with the digest of the file: one may be made anew under its old name."""
    known = MigrationLoader(None).disk_migrations
    return {f"{app}.{name}": _digest(app, migration) for (app, name), migration in known.items()}


def _digest(app: str, migration) -> str:
    if app not in settings.SUBJECTS:
        return ""
    return sha256(inspect.getsource(inspect.getmodule(type(migration))).encode()).hexdigest()


def applied(names: list[str]) -> dict[str, str]:
    """The migrations that a database has taken, with the digests of this release."""
    known = known_migrations()
    return {name: known.get(name, "") for name in names}


def strange(manifest: Manifest) -> list[str]:
    """Migrations of the backup that this release does not know, or knows otherwise."""
    known = known_migrations()
    return sorted(name for name, digest in manifest.migrations.items() if known.get(name) != digest)


def lacking(manifest: Manifest) -> list[str]:
    """Migrations of this release that came after the backup."""
    return sorted(known_migrations().keys() - manifest.migrations.keys())


def refuse_strange(manifest: Manifest):
    if found := strange(manifest):
        told = N_(
            "The backup has tables of another release: %(migrations)s. Restore it with the release that made it, or,"
            " knowing what differs, with --other-schema."
        )
        raise Refused(told, migrations=", ".join(found))


def told_schema(manifest: Manifest) -> list[str]:
    """What whoever reads or restores the backup must know of its tables."""
    told = []
    if found := strange(manifest):
        told.append(in_both(N_("The backup has tables of another release: %(names)s"), names=", ".join(found)))
    if found := lacking(manifest):
        said = N_("The backup is older than this release; `manage.py migrate` brings it up to date: %(names)s")
        told.append(in_both(said, names=", ".join(found)))
    return told

"""Which backups of a folder are kept: the last ones, or those of the last days; whatever is no backup stays."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fengtai.operations.backups.folders import disk_told, put_away
from fengtai.operations.backups.manifests import Seal, read_seal, this_site
from fengtai.operations.backups.stores import lying
from fengtai.operations.telling import Refused

NAMED = re.compile(r"fengtai-\d{8}T\d{6}Z(-\d+)?")


@dataclass(frozen=True)
class Tidied:
    """What became of the older backups of a folder."""

    deleted: list[Path]
    damaged: list[Path]  # bear the name of a backup and are none: never counted, never deleted
    others: list[Path]  # of another site, or of another secret key


def tidy(folder: Path, newest: Path, *, keep: int | None, days: int | None) -> Tidied:
    """Deletes what neither the number nor the days keep; never `newest`, which was just made."""
    good, damaged, others = _sorted(folder.resolve())
    deleted = []
    if keep is not None or days is not None:
        kept = set(_kept(good, keep, days)) | {newest}
        deleted = [path for path, _seal in good if path not in kept]
    for path in deleted:
        with disk_told(path):
            put_away(path)
    return Tidied(deleted, damaged, others)


def _sorted(folder: Path) -> tuple[list[tuple[Path, Seal]], list[Path], list[Path]]:
    """Good backups of this site, the newest first; damaged ones; those of other sites."""
    good, damaged, others = [], [], []
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_dir() or not NAMED.fullmatch(path.name):
            continue
        try:
            seal = read_seal(path)
        except Refused:
            damaged.append(path)
            continue
        if not _is_whole(path, seal):
            damaged.append(path)
        elif seal.site != this_site():
            others.append(path)
        else:
            good.append((path, seal))
    return sorted(good, key=lambda one: (one[1].moment, one[0]), reverse=True), damaged, others


def _is_whole(path: Path, seal: Seal) -> bool:
    """By names and sizes: reading every backup at every backup would take hours. `verify` reads them.

    Nor is one deleted that somebody put files of their own into.
    """
    try:
        return lying(path) == seal.stored.keys() and all(
            (path / name).stat().st_size == one.size for name, one in seal.stored.items()
        )
    except OSError:
        return False


def _kept(good: list[tuple[Path, Seal]], keep: int | None, days: int | None) -> Iterator[Path]:
    yield from (path for path, _seal in good[: keep or 0])
    if days is not None:
        since = datetime.now(UTC) - timedelta(days=days)
        yield from (path for path, seal in good if seal.moment >= since)

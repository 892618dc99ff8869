"""Folders that are whole or not there: filled under a name that says so, on the disk before they get their own."""

import errno
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from django.db import DatabaseError

from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_

START, UNFINISHED = ".fengtai-", ".unfinished"
FULL = (errno.ENOSPC, errno.EDQUOT)
NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)  # of a folder, or of a disk that knows none


@contextmanager
def held(parent: Path) -> Iterator[Path]:
    """A folder of this process in `parent`, gone afterwards unless it was renamed.

    What killed processes left there is removed first: a folder that is still in use is locked by whoever uses it.
    """
    parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as at_the_end:
        with _locked(parent):
            sweep(parent)
            folder = Path(mkdtemp(prefix=START, suffix=UNFINISHED, dir=parent))
            at_the_end.callback(shutil.rmtree, folder, ignore_errors=True)
            at_the_end.enter_context(_locked(folder))
        yield folder


@contextmanager
def _locked(folder: Path, flags: int = fcntl.LOCK_EX) -> Iterator[bool]:
    """Whether the folder could be locked; some network file systems lock no folders, and there nothing is swept."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield _lock(descriptor, flags)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, flags: int) -> bool:
    try:
        fcntl.flock(descriptor, flags)
    except OSError as error:
        if error.errno not in (errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.EWOULDBLOCK):
            raise
        return False
    return True


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Refused while another process is within; the file is there for as long only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        if not _lock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB):
            raise Refused(N_("Another restore is under way; nothing was changed."))
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def sweep(parent: Path):
    """Removes what killed processes left there."""
    for left in parent.glob(f"{START}*{UNFINISHED}"):
        with suppress(FileNotFoundError), _locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB) as is_left:
            if is_left:
                shutil.rmtree(left, ignore_errors=True)


def put_away(folder: Path):
    """Removes a folder so that no half of it is ever seen under its name."""
    unnamed = folder.with_name(f"{START}{folder.name}{UNFINISHED}")
    with suppress(FileNotFoundError):  # another process puts away the same
        folder.rename(unnamed)
        shutil.rmtree(unnamed)


def moved(source: Path, place: Path):
    """Gives a file another name on the same disk; FileExistsError, and nothing changed, where something bears it."""
    try:
        os.link(source, place, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        source.rename(place)
    else:
        source.unlink()


def written_out(path: Path):
    """Waits until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def all_written_out(folder: Path):
    """The names of a folder and of all within it; its files were written out as they were made."""
    for inner, _folders, _files in os.walk(folder):
        written_out(Path(inner))


def refuse_small(folder: Path, needed: int):
    """Told before the disk is full, as far as the bytes needed are known: the site may write on the same disk."""
    free = shutil.disk_usage(folder).free
    if needed > free:
        told = N_("%(folder)s has room for %(free)d MB, and %(needed)d MB are needed. Nothing was written.")
        raise Refused(told, folder=folder, free=free // 1_000_000, needed=needed // 1_000_000 + 1)


@contextmanager
def disk_told(place: Path) -> Iterator[None]:
    """Says in plain words that there is no room at `place`, or what else keeps it from being written or read."""
    try:
        yield
    except (OSError, sqlite3.Error, DatabaseError) as error:
        code = getattr(error, "errno", None)
        if code in FULL or getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            told = N_("There is no room left at %(place)s; nothing half was left there.")
            raise Refused(told, place=place) from error
        told = N_("%(place)s cannot be written or read (%(reason)s); nothing half was left there.")
        raise Refused(told, place=place, reason=error) from error

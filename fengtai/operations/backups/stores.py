"""The files of a backup, written and read as streams: hashed on the way, encrypted where a key is given."""

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from django.conf import settings

from fengtai.operations.backups.folders import held, written_out
from fengtai.operations.backups.keys import Keys
from fengtai.operations.backups.manifests import (
    ENCRYPTED,
    MANIFEST,
    SEAL,
    KeptFile,
    Manifest,
    Measure,
    Seal,
    as_json,
    parsed,
)
from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_

CHUNK = 1 << 20  # bytes
Told = TypeVar("Told")


class Measured:
    """A stream that measures what passes through it, and keeps the failure that another library would reword."""

    def __init__(self, stream: BinaryIO):
        self.stream, self.size, self.hash, self.failure = stream, 0, hashlib.sha256(), None

    def read(self, size: int = -1) -> bytes:
        return self._passed(self._tried(self.stream.read, size))

    def write(self, data: bytes) -> int:
        self._tried(self.stream.write, data)
        return len(self._passed(data))

    def flush(self):
        self._tried(self.stream.flush)

    @property
    def measure(self) -> Measure:
        return Measure(self.size, self.hash.hexdigest())

    def _passed(self, data: bytes) -> bytes:
        self.size += len(data)
        self.hash.update(data)
        return data

    def _tried(self, act: Callable, *arguments):
        try:
            return act(*arguments)
        except OSError as error:
            self.failure = error
            raise


class Written:
    """The folder of a backup while it is made: what was put into it so far."""

    def __init__(self, folder: Path, keys: Keys | None):
        self.folder, self.keys = folder, keys
        self.stored: dict[str, Measure] = {}
        self.kept: dict[str, KeptFile] = {}

    def put(self, name: str, source: BinaryIO):
        """Keeps what the stream holds under the name by which a site looks for it."""
        # Names of files tell of the firms that sent them: encrypted ones lie under numbers.
        stored = f"{len(self.stored):06}{ENCRYPTED}" if self.keys else name
        read = Measured(source)
        self._store(stored, read)
        self.kept[name] = KeptFile(read.size, read.hash.hexdigest(), stored)

    def put_made(self, name: str, make: Callable[[Path], Told]) -> Told:
        """Keeps the file that `make` writes to a path; what it returns."""
        if self.keys is None:
            told = make(self.folder / name)
            measure = measured(self.folder / name)
            written_out(self.folder / name)
            self.stored[name], self.kept[name] = measure, KeptFile(measure.size, measure.sha256, name)
            return told
        # Unencrypted it never lies anywhere but beside the site's own data.
        with held(settings.DATA_DIR) as scratch:
            told = make(scratch / name)
            with (scratch / name).open("rb") as source:
                self.put(name, source)
        return told

    def put_manifest(self, manifest: Manifest):
        self._store(MANIFEST + (ENCRYPTED if self.keys else ""), Measured(io.BytesIO(as_json(manifest))))

    def _store(self, stored: str, source: Measured):
        path = self.folder / stored
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            target = Measured(file)
            self.keys.encrypt(source, target) if self.keys else _copied(source, target)
            file.flush()
            os.fsync(file.fileno())
        self.stored[stored] = target.measure


class Stored:
    """The folder of a whole backup, to be read."""

    def __init__(self, folder: Path, seal: Seal, keys: Keys | None):
        if seal.encrypted and keys is None:
            told = N_("%(folder)s is encrypted: name its key in BACKUP_KEY_FILE or BACKUP_KEY.")
            raise Refused(told, folder=folder)
        self.folder, self.seal, self.keys = folder, seal, keys if seal.encrypted else None
        self.manifest = self._manifest()

    @property
    def manifest_name(self) -> str:
        return MANIFEST + (ENCRYPTED if self.keys else "")

    def _manifest(self) -> Manifest:
        text = io.BytesIO()
        try:
            self._read(self.manifest_name, Measured(text))
        except FileNotFoundError:
            text = io.BytesIO()
        return parsed(text.getvalue(), self.folder)

    def take(self, name: str, path: Path):
        """Writes a file of the site to a path; refused, and not left there, where it is not as it was read."""
        kept = self.manifest.files.get(name)
        if kept is None:
            raise Refused(N_("%(file)s is missing from the backup."), file=name)
        with path.open("xb") as file:
            if self.passed(kept, file) == kept.measure:
                os.fsync(file.fileno())
                return
        path.unlink()
        raise Refused(N_("%(file)s of the backup is not as it was when the backup was made."), file=name)

    def passed(self, kept: KeptFile, target: BinaryIO) -> Measure:
        """Reads a file of the site into a stream; what it measures."""
        through = Measured(target)
        try:
            self._read(kept.stored, through)
        except FileNotFoundError as error:
            raise Refused(N_("%(file)s is missing from the backup."), file=kept.stored) from error
        through.flush()
        return through.measure

    def _read(self, stored: str, target: Measured):
        with inside(self.folder, stored).open("rb") as source:
            self.keys.decrypt(Measured(source), target) if self.keys else _copied(source, target)


def inside(folder: Path, name: str) -> Path:
    """The path of a name that a backup gives; one that leads out of the folder is refused."""
    folder = Path(os.path.abspath(folder))
    path = Path(os.path.normpath(folder / name))
    if path == folder or folder not in path.parents:
        raise Refused(N_("The backup names a file outside of its folder: %(file)s"), file=name)
    return path


def lying(folder: Path) -> set[str]:
    """The names of all that lies in a backup but its seal."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()} - {SEAL}


def measured(path: Path) -> Measure:
    with path.open("rb") as file:
        return Measure(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _copied(source, target):
    while data := source.read(CHUNK):
        target.write(data)

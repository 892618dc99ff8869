"""What a backup says of itself: the seal names the files that lie in it, the manifest what the site held."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_

FORMAT = 1
SEAL, MANIFEST = "backup.json", "manifest.json"
ENCRYPTED = ".age"


@dataclass(frozen=True)
class Measure:
    """Size in bytes and SHA-256 of a file."""

    size: int
    sha256: str


@dataclass(frozen=True)
class KeptFile(Measure):
    """A file of the site as it was read, and the name under which it lies in the backup."""

    stored: str

    @property
    def measure(self) -> Measure:
        return Measure(self.size, self.sha256)


@dataclass(frozen=True)
class Seal:
    """What anybody can check without a key: every file that lies in the backup, encrypted or not."""

    made: str  # in ISO 8601
    site: str  # names the site without telling anything of it
    encrypted: bool
    stored: dict[str, Measure]
    format: int = FORMAT

    @property
    def identity(self) -> str:
        """Of this backup alone, wherever it lies: the seal holds the SHA-256 of all that is in it."""
        return hashlib.sha256(as_json(self)).hexdigest()


@dataclass(frozen=True)
class Manifest:
    """What the site held at the moment of the database's copy."""

    made: str
    engine: str  # sqlite or postgresql
    server: str  # its version
    tables: dict[str, int]  # rows by table
    migrations: dict[str, str]  # digest by app.name
    files: dict[str, KeptFile]  # by the name under which a site looks for it
    missing: list[str] = field(default_factory=list)  # what rows name and the disk lacked
    elsewhere: list[str] = field(default_factory=list)  # stores of files that are no folders
    secret_key: str = ""  # "file", or "environment": then it is not in the backup
    format: int = FORMAT

    @property
    def figures(self) -> dict[str, int]:
        """What is told of it."""
        return {"rows": sum(self.tables.values()), "tables": len(self.tables), "files": len(self.files)}


def as_json(record: Seal | Manifest) -> bytes:
    # Names on disk may be no Unicode; JSON keeps them by their escapes.
    return json.dumps(asdict(record), indent=1).encode("ascii")


def read_seal(folder: Path) -> Seal:
    """Of a folder; refused where it is no backup, or one that was cut short."""
    try:
        told = json.loads((folder / SEAL).read_bytes())
        _refuse_other_format(told, folder)
        return Seal(**told | {"stored": {name: Measure(**one) for name, one in told["stored"].items()}})
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        told = N_("%(folder)s is no whole backup: its %(file)s is missing or cannot be read.")
        raise Refused(told, folder=folder, file=SEAL) from error


def parsed(text: bytes, folder: Path) -> Manifest:
    try:
        told = json.loads(text)
        _refuse_other_format(told, folder)
        return Manifest(**told | {"files": {name: KeptFile(**one) for name, one in told["files"].items()}})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        told = N_("%(folder)s is no whole backup: its %(file)s is missing or cannot be read.")
        raise Refused(told, folder=folder, file=MANIFEST) from error


def _refuse_other_format(told: dict, folder: Path):
    if told["format"] != FORMAT:
        said = N_("%(folder)s is a backup of format %(format)s; this release reads format %(known)s.")
        raise Refused(said, folder=folder, format=told["format"], known=FORMAT)


def this_site() -> str:
    """By its secret key, so that a site that was restored elsewhere knows its own backups from those of another."""
    return salted_hmac("fengtai.operations.backups", "site", settings.SECRET_KEY).hexdigest()[:16]

"""What a backup says of itself: the seal names the files that lie in it, the manifest what the site held."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import NewType, TypeVar, get_args, get_origin, get_type_hints

from django.conf import settings
from django.utils.crypto import salted_hmac

from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_

FORMAT = 1
SEAL, MANIFEST = "backup.json", "manifest.json"
ENCRYPTED = ".age"
LONGEST = 255  # bytes of a name within a folder
Name = NewType("Name", str)  # of a file, as a disk can bear it
# Of a text that is no JSON, holds something else, or was made to be nested without end.
ODD = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)


@dataclass(frozen=True)
class Measure:
    """Size in bytes and SHA-256 of a file."""

    size: int
    sha256: str


@dataclass(frozen=True)
class KeptFile(Measure):
    """A file of the site as it was read, and the name under which it lies in the backup."""

    stored: Name

    @property
    def measure(self) -> Measure:
        return Measure(self.size, self.sha256)


@dataclass(frozen=True)
class Seal:
    """What anybody can check without a key: every file that lies in the backup, encrypted or not."""

    made: str  # in ISO 8601, with its zone
    site: str  # names the site without telling anything of it
    encrypted: bool
    stored: dict[Name, Measure]
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made)

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
    files: dict[Name, KeptFile]  # by the name under which a site looks for it
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


Told = TypeVar("Told", Seal, Manifest)


def read_seal(folder: Path) -> Seal:
    """Of a folder; refused where it is no backup, or one that was cut short."""
    try:
        told = json.loads((folder / SEAL).read_bytes())
        _refuse_other_format(told, folder)
        return _checked(Seal(**told | {"stored": {name: Measure(**one) for name, one in told["stored"].items()}}))
    except ODD as error:
        told = N_("%(folder)s is no whole backup: its %(file)s is missing or cannot be read.")
        raise Refused(told, folder=folder, file=SEAL) from error


def parsed(text: bytes, folder: Path) -> Manifest:
    try:
        told = json.loads(text)
        _refuse_other_format(told, folder)
        return _checked(Manifest(**told | {"files": {name: KeptFile(**one) for name, one in told["files"].items()}}))
    except ODD as error:
        told = N_("%(folder)s is no whole backup: its %(file)s is missing or cannot be read.")
        raise Refused(told, folder=folder, file=MANIFEST) from error


def _checked(record: Told) -> Told:
    """Of a kind with what its class says: whoever reads it may rely on that. ValueError else."""
    if not _fits(record, type(record)) or datetime.fromisoformat(record.made).utcoffset() is None:
        raise ValueError(record)
    return record


def _fits(value, kind) -> bool:
    inner = get_args(kind)
    if get_origin(kind) is dict:
        return type(value) is dict and all(_fits(key, inner[0]) and _fits(one, inner[1]) for key, one in value.items())
    if get_origin(kind) is list:
        return type(value) is list and all(_fits(one, inner[0]) for one in value)
    if kind is Name:
        return type(value) is str and "\0" not in value and all(_is_short(part) for part in value.split("/"))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return all(_fits(getattr(value, one.name), hints[one.name]) for one in fields(kind))
    return type(value) is kind


def _is_short(part: str) -> bool:
    return len(os.fsencode(part)) <= LONGEST


def _refuse_other_format(told: dict, folder: Path):
    if told["format"] != FORMAT:
        said = N_("%(folder)s is a backup of format %(format)s; this release reads format %(known)s.")
        raise Refused(said, folder=folder, format=told["format"], known=FORMAT)


def this_site() -> str:
    """By its secret key, so that a site that was restored elsewhere knows its own backups from those of another."""
    return salted_hmac("fengtai.operations.backups", "site", settings.SECRET_KEY).hexdigest()[:16]

"""Keys of age (age-encryption.org), by which backups are encrypted: recipients write, identities read.

They come from a file (BACKUP_KEY_FILE) or the environment (BACKUP_KEY), never from the command line, which every
account of the machine can read.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.conf import settings
from pyrage.x25519 import Identity, Recipient

from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_

SECRET = "AGE-SECRET-KEY-"


@dataclass(frozen=True)
class Keys:
    """For whom a backup is encrypted, and what reads it; whoever has recipients alone writes and cannot read."""

    recipients: tuple[Recipient, ...]
    identities: tuple[Identity, ...]

    def encrypt(self, source: BinaryIO, target: BinaryIO):
        """Streams; a failure of either end comes through as it was."""
        try:
            pyrage.encrypt_io(source, target, list(self.recipients))
        except pyrage.EncryptError as error:  # holds the words of a failed write, not the failure
            raise getattr(target, "failure", None) or getattr(source, "failure", None) or error from None

    def decrypt(self, source: BinaryIO, target: BinaryIO):
        if not self.identities:
            raise Refused(N_("The key given encrypts only; reading a backup needs the line AGE-SECRET-KEY-… of it."))
        try:
            pyrage.decrypt_io(source, target, list(self.identities))
        except pyrage.DecryptError as error:
            raise Refused(N_("The key given does not open this backup.")) from error
        except OSError as error:
            if failure := getattr(target, "failure", None) or getattr(source, "failure", None):
                raise failure from None
            raise Refused(N_("A file of the backup was changed or cut short: it cannot be decrypted.")) from error


def keys_given() -> Keys | None:
    """The keys of the settings; None where none are named. A key that cannot be read is refused, never left out.

    The first line of a key's file alone, which is a comment there, is whom it is encrypted for.
    """
    text = settings.BACKUP_KEY
    if not text and not settings.BACKUP_KEY_FILE:
        return None
    if not text:
        try:
            text = Path(settings.BACKUP_KEY_FILE).read_text("utf-8")
        except (OSError, ValueError) as error:
            told = N_("The key file %(file)s cannot be read (%(reason)s).")
            raise Refused(told, file=settings.BACKUP_KEY_FILE, reason=error) from error
    lines = [line.strip() for line in text.splitlines()]
    public = [line.lstrip("# ") for line in lines if line.lstrip("# ").startswith("age1")]
    return _read([line for line in lines if line and not line.startswith("#")] or public)


def _read(lines: list[str]) -> Keys:
    try:
        identities = [Identity.from_str(line) for line in lines if line.startswith(SECRET)]
        recipients = [Recipient.from_str(line) for line in lines if not line.startswith(SECRET)]
    except (pyrage.IdentityError, pyrage.RecipientError) as error:
        told = N_("A line of the key is neither age1… nor AGE-SECRET-KEY-…; `manage.py backup_key FILE` makes a key.")
        raise Refused(told) from error
    if not lines:
        raise Refused(N_("The key given is empty; `manage.py backup_key FILE` makes one."))
    return Keys((*recipients, *(one.to_public() for one in identities)), tuple(identities))


def new_key(path: Path) -> str:
    """Writes a new key into a file that was not there, for its owner alone; returns who may encrypt for it."""
    identity = Identity.generate()
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(f"# {identity.to_public()}\n{identity}\n", "utf-8")
    return str(identity.to_public())

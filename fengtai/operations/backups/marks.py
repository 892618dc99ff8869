"""The mark of a restore that is under way: while it stands the site does not start, and it can be done again."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.checks import Error

from fengtai.operations.backups.folders import written_out
from fengtai.operations.backups.manifests import read_seal
from fengtai.operations.telling import in_both
from fengtai.values.translatable import N_


@dataclass(frozen=True)
class Mark:
    """Says in DATA_DIR which restore is under way."""

    path: Path

    @classmethod
    def here(cls):
        return cls(settings.DATA_DIR / "restore-unfinished")

    @property
    def backup(self) -> str:
        """The folder of the backup, or nothing where no restore is under way."""
        return self._told.get("backup", "?") if os.path.lexists(self.path) else ""

    @property
    def identity(self) -> str:
        """Which backup it is, wherever it lies; nothing where the mark does not say."""
        return self._told.get("identity", "")

    @property
    def _told(self) -> dict[str, str]:
        try:
            told = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):  # killed as it was written, before anything else was
            return {}
        return {name: value for name, value in told.items() if type(value) is str} if type(told) is dict else {}

    def put(self, folder: Path):
        told = {"backup": str(folder), "identity": read_seal(folder).identity}
        self.path.write_text(json.dumps(told), "utf-8")
        written_out(self.path)
        written_out(self.path.parent)

    def take_away(self):
        self.path.unlink()
        written_out(self.path.parent)


def no_half_restore(app_configs, **kwargs) -> list:
    """A check as the site starts: what is half there must not be taken for the site."""
    if not (backup := Mark.here().backup):
        return []
    told = N_("A restore of %(backup)s was cut short. Do it again: manage.py restore %(backup)s")
    return [Error(in_both(told, backup=backup), id="fengtai.E002")]

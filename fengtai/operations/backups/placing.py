"""Puts the files of a backup where a site looks for them: each whole or not at all, over nothing that lies there."""

import os
from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from fengtai.operations.backups import places
from fengtai.operations.backups.folders import held, moved, written_out
from fengtai.operations.backups.stores import Stored

REPLACED = "replaced"  # what stood there: a key that the first command of a new place made, as a rule


class Placing:
    """What one restore has put there so far, and can take back: that, and nothing else that lies there."""

    def __init__(self, stored: Stored, there: Collection[str]):
        self.stored = stored
        self.there = there  # the same files, which an earlier restore of the same backup put there
        self.put: dict[Path, tuple[int, int]] = {}  # with the number of the file on its disk
        self.aside: dict[Path, Path] = {}  # where what was replaced is kept, with its place

    def all(self):
        """Everything but the database."""
        for folder, names in self._by_folder().items():
            folder.mkdir(parents=True, exist_ok=True)
            with held(folder) as scratch:
                for name in names:
                    self._place(name, scratch)
            written_out(folder)

    def take_back(self):
        for place, own in self.put.items():
            with suppress(FileNotFoundError, NotADirectoryError):
                if _number(place) == own:  # a folder on the way may have become a link to another
                    place.unlink()
        for kept, place in self.aside.items():
            with suppress(FileExistsError, FileNotFoundError):
                moved(kept, place)

    def _by_folder(self) -> dict[Path, list[str]]:
        """A file is made whole beside its place: a folder among them may lie on another disk."""
        found = defaultdict(list)
        for name in self.stored.manifest.files.keys() - self.there:
            if name in places.SINGLE or name.startswith(f"{places.FILES}/"):
                found[places.place_of(name).parent].append(name)
        return dict(sorted(found.items()))

    def _place(self, name: str, scratch: Path):
        place, whole = places.place_of(name), scratch / "whole"
        self.stored.take(name, whole)
        if name in places.SINGLE and os.path.lexists(place):
            if place.is_file() and place.read_bytes() == whole.read_bytes():
                whole.unlink()
                return
            self._put_aside(place)
        number = _number(whole)
        moved(whole, place)
        self.put[place] = number

    def _put_aside(self, place: Path):
        """Under a name of its own: a key that stood there may be the last copy of it."""
        kept, number = place.with_name(f"{place.name}.{REPLACED}"), 1
        while os.path.lexists(kept):
            number += 1
            kept = place.with_name(f"{place.name}.{REPLACED}-{number}")
        moved(place, kept)
        self.aside[kept] = place


def _number(path: Path) -> tuple[int, int]:
    found = path.lstat()
    return found.st_dev, found.st_ino

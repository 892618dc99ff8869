"""Where a site keeps what is no row: its stores of files, its secret key, the word that its rows are invented."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages

from fengtai.operations.backups.stores import inside
from fengtai.operations.telling import Refused, in_both
from fengtai.values.translatable import N_

FILES = "files"
SECRET_KEY, DEMO = SINGLE = "secret_key", "demo"
MADE_ANEW = ("staticfiles",)  # collected from the code by `manage.py start`


def stores() -> dict[str, Path]:
    """The folders of the settings' STORAGES, by the name that a backup gives them."""
    found = {alias: getattr(storages[alias], "location", None) for alias in _kept()}
    return {f"{FILES}/{alias}": Path(location) for alias, location in found.items() if location}


def elsewhere() -> list[str]:
    """Stores that are no folders of this machine: their files are in no backup of ours."""
    return [alias for alias in _kept() if not getattr(storages[alias], "location", None)]


def _kept() -> list[str]:
    return [alias for alias in settings.STORAGES if alias not in MADE_ANEW]


def files() -> Iterator[tuple[str, Path]]:
    """Every file of the stores, with its name in a backup; links are followed, each folder once."""
    for name, folder in stores().items():
        for path in sorted(_within(folder, set())):
            yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _within(folder: Path, seen: set) -> Iterator[Path]:
    """Regular files alone: reading a pipe would wait for ever."""
    real = os.path.realpath(folder)
    if real in seen or not folder.is_dir():
        return
    seen.add(real)
    for path in folder.iterdir():
        if path.is_dir():
            yield from _within(path, seen)
        elif path.is_file():
            yield path


def size() -> int:
    """Bytes of all files of the stores."""
    found = 0
    for _name, path in files():
        with suppress(FileNotFoundError):  # deleted since it was listed
            found += path.stat().st_size
    return found


def single_files() -> Iterator[tuple[str, Path]]:
    """The secret key where it is a file that is in use, and the word of a demonstration."""
    key = settings.DATA_DIR / SECRET_KEY
    if key.is_file() and key.read_text("utf-8") == settings.SECRET_KEY:
        yield SECRET_KEY, key
    if (settings.DATA_DIR / DEMO).is_file():
        yield DEMO, settings.DATA_DIR / DEMO


def place_of(name: str) -> Path:
    """Where a site looks for a file that a backup names."""
    if name in SINGLE:
        return settings.DATA_DIR / name
    store, _slash, rest = name.removeprefix(f"{FILES}/").partition("/")
    folder = stores().get(f"{FILES}/{store}")
    if folder is None or not rest:
        raise Refused(N_("The backup holds %(file)s, for which this site has no place."), file=name)
    return inside(folder, rest)


def faults(names: list[str]) -> Iterator[str]:
    """Which files of a backup have no place here, or none of their own."""
    found = {}
    for name in names:
        try:
            found[name] = place_of(name)
        except Refused as refusal:
            yield str(refusal)
    taken = Counter(found.values())
    for name, place in found.items():
        if taken[place] > 1 or not taken.keys().isdisjoint(place.parents):
            yield in_both(N_("%(file)s would lie in the place of another file of the backup."), file=name)


def has_files(folder: Path) -> bool:
    return any(_within(folder, set()))


def refuse_within_stores(folder: Path):
    """A backup that lay among the files of the site would be copied into the next one."""
    for store in stores().values():
        if store.resolve() in (folder, *folder.parents):
            told = N_("%(folder)s lies within %(store)s, which is what is backed up: name another folder.")
            raise Refused(told, folder=folder, store=store)

"""The folder of a demonstration: its own, marked as such, made anew once what it was made by has changed."""

import os
import shutil
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "demo"
MARK = "demo"  # the file by which the site knows (settings.DEMO)
# Another database or cache would hold what is real.
ELSEWHERE = ("DATABASE_URL", "CACHE_URL")


class HoldsOthers(Exception):
    """Something lies there that no demonstration made."""


def claim(folder: Path) -> None:
    """Marks an empty folder, or one of an older demonstration after emptying it; touches no other."""
    made_by = _digest()
    mark = folder / MARK
    if mark.exists() and mark.read_text("utf-8") == made_by:
        return
    if not mark.exists() and folder.exists() and any(folder.iterdir()):
        raise HoldsOthers(folder)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, mode=0o700)
    mark.write_text(made_by, "utf-8")


def settle_in(folder: Path) -> None:
    """What the settings read, before they do."""
    for name in ELSEWHERE:
        os.environ.pop(name, None)
    os.environ["DATA_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")


def _digest() -> str:
    """Of all that decides what the database looks like."""
    places = [ROOT / "tests" / "demo", ROOT / "tests" / "bench" / "words.py"]
    places += [ROOT / app / "migrations" for app in ("fengtai", "partners", "projects", "indicators")]
    files = (sorted([*place.glob("*.py"), *place.glob("*.csv")]) if place.is_dir() else [place] for place in places)
    return sha256(b"".join(path.read_bytes() for some in files for path in some)).hexdigest()

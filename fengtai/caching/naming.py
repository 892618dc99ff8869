"""Under which name something is kept."""

from functools import cache as once
from hashlib import sha256

from django.conf import settings

RENDERING = {".py", ".html", ".mo", ".css", ".js"}  # what else a page depends on


def key_of(name: str) -> str:
    return sha256(f"{_release()}:{name}".encode()).hexdigest()


@once
def _release() -> str:
    """A name for this code: a shared cache outlives a deployment, what was rendered before it must not."""
    folders = [settings.BASE_DIR / name for name in ("templates", *settings.SUBJECTS)]
    paths = [path for folder in folders for path in folder.rglob("*") if path.suffix in RENDERING]
    digest = sha256()
    for path in [settings.BASE_DIR / "requirements.txt", *sorted(paths)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()

"""How far an import has come, told by the worker to whoever asks; a worker that tells nothing any more is gone."""

import time

from django.core.cache import caches

from fengtai.records.batches import ImportBatch

BEAT, LIFE = 0.5, 60  # seconds between two tellings, and until the silence means the end


class Progress:
    """Told often, written seldom."""

    def __init__(self, batch: ImportBatch):
        self.key, self.told = _key(batch), 0.0

    def tell(self, done: int, found: int) -> None:
        now = time.monotonic()
        if now - self.told >= BEAT or done == found:
            self.told = now
            caches["progress"].set(self.key, {"done": done, "found": found}, LIFE)


def read_progress(batch: ImportBatch) -> dict:
    return caches["progress"].get(_key(batch)) or {"done": 0, "found": 0}


def is_alive(batch: ImportBatch) -> bool:
    return caches["progress"].get(_key(batch)) is not None


def end(batch: ImportBatch) -> None:
    """Whoever was at it is known to be gone: nobody has to wait for the silence."""
    caches["progress"].delete(_key(batch))


def _key(batch: ImportBatch) -> str:
    return f"import:{batch.uuid}"

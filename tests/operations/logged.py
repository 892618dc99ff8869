"""What the log says, as a handler of the site's own writes it."""

import io
import json
import logging
from contextlib import contextmanager

from fengtai.operations.seeing.formats import JsonLines, PlainFormatter


class Log(io.StringIO):
    def lines(self, name: str = "") -> list[dict]:
        found = [json.loads(line) for line in self.getvalue().splitlines()]
        return [line for line in found if not name or line["logger"] == name]

    def requests(self) -> list[dict]:
        return self.lines("fengtai.requests")


@contextmanager
def logged(*, plain: bool = False, kept: bool = True):
    """All that is logged meanwhile, of every logger; of pages that are `kept` too."""
    log = Log()
    handler = logging.StreamHandler(log)
    handler.setFormatter(PlainFormatter() if plain else JsonLines())
    root, own = logging.getLogger(), logging.getLogger("fengtai.requests")
    before = root.level, own.level
    root.addHandler(handler)
    root.setLevel(logging.INFO), own.setLevel(logging.DEBUG if kept else logging.INFO)
    try:
        yield log
    finally:
        root.removeHandler(handler)
        root.setLevel(before[0]), own.setLevel(before[1])

"""Writes to a site through its models until its input ends: firms that change, sources with a file.

`python -m tests.operations.backups.writers write 8 LOGS` starts eight processes, each telling in a file of LOGS what it
has committed; `python -m tests.operations.backups.writers look` prints as JSON what a site holds of such writing.
"""

import hashlib
import itertools
import json
import os
import select
import sys
import time
import traceback
from pathlib import Path

import django

MARK = "示例写入"
# Seconds: SQLite gives its lock to whoever asks at the right moment; writers that never pause starve others.
PAUSE = 0.05


def main():
    django.setup()
    if sys.argv[1] == "look":
        print(json.dumps(look()))
        return
    children = [_child(name, Path(sys.argv[3])) for name in range(int(sys.argv[2]))]
    sys.exit(max((os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children), default=0))


def _child(name: int, logs: Path) -> int:
    """A process of its own, with a connection of its own."""
    if child := os.fork():
        return child
    try:
        with (logs / str(name)).open("w") as log:
            write(str(name), log)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def write(name: str, log):
    from partners.models import Organisation

    for turn in itertools.count():
        firm = Organisation(name=f"{MARK}{name}-{turn}", state="draft")
        for version in (1, 2, 3):
            firm.remark = str(version)  # as many rows of history must stand beside it
            _saved(firm)
            print(firm.name, version, file=log, flush=True)
            time.sleep(PAUSE)
        if turn % 4 == 0:
            print(_source(name, turn), 1, file=log, flush=True)
        if select.select([sys.stdin], [], [], 0)[0]:
            return


def _saved(record):
    """As a person would: whoever is told that the database is locked presses again. Nothing was written then."""
    from django.db import OperationalError, transaction

    while True:
        try:
            with transaction.atomic():
                return record.save()
        except OperationalError:
            time.sleep(PAUSE)


def _source(name: str, turn: int) -> str:
    from django.core.files.base import ContentFile

    from fengtai.records.models import Source

    source = Source(title=f"{MARK}{name}-{turn}-来源", kind="news", state="draft")
    source.attachment = ContentFile(f"{name} {turn} ".encode() * 5000, name=f"示例{name}-{turn}.txt")
    source.seal_attachment()
    _saved(source)
    return source.title


def look() -> dict:
    """Each row as it stands, and what is wrong: rows without one of their versions, files that are not as sealed."""
    from fengtai.records.models import Source
    from partners.models import Organisation

    firms = list(Organisation.objects.filter(name__startswith=MARK))
    sources = list(Source.objects.filter(title__startswith=MARK))
    return {
        "states": {firm.name: int(firm.remark) for firm in firms} | {source.title: 1 for source in sources},
        "half": [firm.name for firm in firms if _versions(firm) != list(range(1, int(firm.remark) + 1))],
        "files": [source.title for source in sources if not _is_sealed(source)],
    }


def _versions(firm) -> list[int]:
    return sorted(int(row.remark) for row in firm.history.all())


def _is_sealed(source) -> bool:
    try:
        return hashlib.sha256(source.attachment.read()).hexdigest() == source.sha256
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    main()

"""Kills (-9) a process while it commits an import, at many moments, and tells what is on file afterwards.

`DATABASE_URL=… DATA_DIR=… python -m tests.importing.killed_commits --moments 50 --rows 2000` prints one JSON object.
The database is made by the run; the process that is killed does what `import_workbook --commit` does.
"""

import argparse
import json
import os
import signal
import time
from pathlib import Path
from statistics import median

from tests.moments import let_go_on, spread, until_alone
from tests.own_database import set_up

NOTHING, EVERYTHING, HALF = "nothing", "everything", "half"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--rows", type=int, default=2000)
    arguments = parser.parse_args()
    print(json.dumps(killed(arguments.moments, arguments.rows)))


def killed(moments: int, rows: int) -> dict:
    set_up()
    batch = _batch(_file(rows))
    _seconds(batch)  # slowed by all that a first run loads
    whole = median(_seconds(batch) for _run in range(3))
    found = {NOTHING: 0, EVERYTHING: 0, HALF: []}
    for times in spread(moments):
        outcome = _kill_after(whole * times, batch, rows)
        if outcome in (NOTHING, EVERYTHING):
            found[outcome] += 1
        else:
            found[HALF].append(outcome)
    return found | {"seconds": round(whole, 2), "taken_at_once": _at_once(batch), "on_file": _on_file(batch)[0]}


def _file(rows: int) -> Path:
    from django.conf import settings

    from tests.importing.import_steps import saved

    lines = [[f"示例{number}号单位", f"示例{number}", "签约单位", "2023年", "W1"] for number in range(rows)]
    table = [["单位名称", "简称", "身份", "时间", "来源编号"], *lines]
    sources = [["来源编号", "标题", "类型"], ["W1", "示例来源", "新闻"]]
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    return saved(settings.DATA_DIR / "killed.xlsx", ("名录", table), ("来源", sources))


def _batch(path: Path):
    from tests.importing.import_steps import received

    return received("organisations", path)


def _seconds(batch) -> float:
    """How long a whole commit takes; then it is taken back."""
    start = time.monotonic()
    _wait(_child(batch))
    seconds = time.monotonic() - start
    assert _on_file(batch)[0], "the first import was not taken"
    _take_back(batch)
    return seconds


def _child(batch) -> int:
    """A process of its own, with connections of its own, that commits."""
    from django.db import connections

    from fengtai.importing.taking.steps import commit

    connections.close_all()
    if pid := os.fork():
        return pid
    taken = False
    try:
        taken = commit(batch)
    finally:
        os._exit(int(taken))


def _kill_after(seconds: float, batch, rows: int) -> str | list:
    pid = _child(batch)
    let_go_on(pid, seconds)
    os.kill(pid, signal.SIGKILL)
    _wait(pid)
    until_alone()
    counts = _on_file(batch)
    outcome = {(0,) * len(counts): NOTHING, _all(rows): EVERYTHING}.get(counts, list(counts))
    _take_back(batch)
    return outcome


def _at_once(batch) -> int:
    """How many of four processes, all told to commit the same batch, say that they did."""
    return sum(map(_wait, [_child(batch) for _process in range(4)]))


def _wait(pid: int) -> int:
    """The status that the process ended with."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _all(rows: int) -> tuple:
    """Organisations, other names, citations, sources, what was written, and that the batch says so."""
    return rows, rows, rows, 1, 3 * rows + 1, True


def _on_file(batch) -> tuple:
    from fengtai.records.models import Citation, Source
    from partners.models import Organisation, OrganisationName

    models = (Organisation, OrganisationName, Citation, Source)
    batch.refresh_from_db()
    return (*(model.objects.count() for model in models), batch.writes.count(), batch.state == "committed")


def _take_back(batch) -> None:
    """As it was previewed: the next moment begins where this one did."""
    from fengtai.importing.taking.steps import undo

    undo(batch)
    batch.writes.all().delete()
    type(batch).objects.filter(pk=batch.pk).update(state="previewed")
    batch.refresh_from_db()


if __name__ == "__main__":
    main()

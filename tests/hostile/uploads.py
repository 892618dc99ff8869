"""Every hostile file brought in the admin as a clerk brings one: what it cost, and what the clerk is told.

python -m tests.hostile.uploads [PART OF A NAME]
"""

import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SECONDS, MEGABYTES = 10, 300
BRINGING = "--bring"


def main(only: str = "") -> int:
    """Makes the files and has a process of its own bring them: a reader's peak, as the system counts it, begins with
    that of whoever starts it, and making some files takes hundreds of megabytes.
    """
    from tests.workbooks.hostile import CASES

    with tempfile.TemporaryDirectory() as folder:
        for name, made, _expected in CASES:
            if only in name:
                (Path(folder) / name).write_bytes(made())
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "DATA_DIR": f"{folder}/data"}
        Path(environment["DATA_DIR"]).mkdir()
        bringing = [sys.executable, "-m", "tests.hostile.uploads", BRINGING, folder]
        return subprocess.run(bringing, env=environment, check=False).returncode


def bring(folder: str) -> int:
    """Brings each file of a folder."""
    from tests.own_database import set_up

    set_up()
    return _brought(Path(folder))


def _brought(folder: Path) -> int:
    from django.contrib.auth.models import User

    from fengtai.review.roles import PROGRAMME_OFFICE, group_of
    from tests.hostile.asking import Application
    from tests.hostile.running import cookies_of
    from tests.workbooks.hostile import CASES

    clerk = User.objects.create_user("zqclerk", is_staff=True)
    clerk.groups.add(group_of(PROGRAMME_OFFICE))
    application, faults, cost = Application(cookies_of(clerk)), [], (0.0, "")
    cases = [(name, expected) for name, _made, expected in CASES if (folder / name).exists()]
    for name, expected in cases:
        seconds, found = _told(application, name, (folder / name).read_bytes(), expected)
        cost = max(cost, (seconds, name))
        faults += [f"{name}: {fault}" for fault in found]
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if child > MEGABYTES:
        faults.append(f"a reader took {child} MB")
    dearest = f"slowest {cost[0]:.1f} s ({cost[1]}); readers took {child} MB at most"
    print(f"{len(cases)} files; {dearest}; {len(faults)} faults")
    print(*faults, sep="\n")
    return 1 if faults else 0


def _told(application, name: str, content: bytes, expected: set[str]) -> tuple[float, list[str]]:
    """Seconds of work, and what is wrong. Readers are processes of their own; their work is part of it."""
    from django.urls import reverse

    from fengtai.records.batches import ImportBatch
    from tests.hostile.asking import Sent
    from tests.hostile.forms import Form
    from tests.hostile.judging import faults
    from tests.hostile.twice.pressing import press_of

    path = reverse("admin:import_upload", args=["organisations"])
    press = press_of(Form(path, files=["file"]), {"sheet": ""}, {"file": (name, content)})
    sent = Sent(path, "POST", {"Content-Type": press.kind}, press.body)
    answer = application.ask(sent)
    found = faults(Sent(path, "POST"), answer, SECONDS)
    if answer.status == 302:
        shown = application.ask(Sent(answer.header("location")))
        batch = ImportBatch.objects.latest("pk")
        codes = {one["code"] for one in batch.notes.get("problems", ())}
        found += faults(Sent(path), shown, SECONDS)
        if batch.state == "unreadable" and not codes & expected:
            found.append(f"told {codes}, expected {expected}")
        if batch.state not in ("unreadable", "previewed"):
            found.append(f"is {batch.state}: {codes}")
    elif answer.status != 400 or not re.search(b'class="errorlist', answer.body):
        found.append(f"is answered {answer.status} without a reason")
    for kept in Path(os.environ["DATA_DIR"]).glob("imports/**/*.*"):
        kept.unlink()
    return answer.seconds, found


if __name__ == "__main__":
    sys.exit(bring(sys.argv[2]) if sys.argv[1:2] == [BRINGING] else main(*sys.argv[1:]))

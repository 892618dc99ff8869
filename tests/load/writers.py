"""Many clerks who save at once at one SQLite file, by the forms of the admin: `make writers`.

Each saves a record of their own so many times. Counted afterwards are the changes that the database holds, their
histories and their entries in the trail, and how long a form took from its sending to its answer.
"""

import argparse
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier

from tests.deployment.forms import form_in
from tests.deployment.processes import clean_up_when_ended
from tests.deployment.visitor import Visitor
from tests.load.measured import percentile
from tests.sites import passwords_in, prepared, served

MOST = 2.0  # seconds that 99 of 100 saves may take
FORM, FIELD = "/admin/partners/industry/", "other_names"  # a small form, so that the clerks meet at the database
WORKERS, THREADS = 2, 8  # processes and threads of the server: so many may want to write at the same moment
LOCKED = "database is locked"
# What is not public is changed as it is saved; the other industries, of the report, are.
DRAFTS = "FROM partners_industry WHERE state = 'draft'"
COUNTED = {
    "changes": "SELECT count(*) FROM partners_historicalindustry WHERE history_type = '~' AND state = 'draft'",
    "trail": """SELECT count(*) FROM fengtai_trailentry JOIN django_content_type AS kind ON kind.id = content_type_id
        WHERE act = 'changed' AND kind.model = 'industry'""",
}
LAST = f"SELECT {FIELD} {DRAFTS}"


@dataclass(frozen=True)
class Outcome:
    """`seconds` of each save; `kept` are the last texts in the database, `sent` those that clerks saved last."""

    seconds: list[float]
    faults: list[str]
    counts: dict[str, int]
    kept: set[str]
    sent: set[str]
    locked: int

    def is_good(self, wanted: int, most: float = MOST) -> bool:
        complete = set(self.counts.values()) == {wanted} and len(self.seconds) == wanted and self.kept == self.sent
        return complete and not self.faults and not self.locked and percentile(self.seconds, 99) <= most

    def __str__(self):
        points = ", ".join(f"p{percent} {percentile(self.seconds, percent):.3f} s" for percent in (50, 95, 99))
        told = ", ".join(f"{count} in the {name}" for name, count in self.counts.items())
        lost = len(self.sent - self.kept)
        return (
            f"{len(self.seconds)} saved, {told}, {lost} lost, {self.locked} locked, {len(self.faults)} faults; {points}"
        )


def write_all(folder: Path, password: str, writers: int, times: int) -> Outcome:
    """On a site that was prepared in this folder. Everybody has signed in and opened a form before the first saves."""
    log, start = folder / "log", Barrier(writers)
    with served(folder, log, WORKERS, THREADS) as address:
        clerk = Visitor(address)
        clerk.sign_in("staff", password)
        with ThreadPoolExecutor(writers) as several:
            done = [*several.map(lambda number: _writer(clerk, number, times, start), range(writers))]
    kept = _column(folder, LAST)
    return Outcome(
        seconds=[taken for seconds, _faults, _last in done for taken in seconds],
        faults=[fault for _seconds, faults, _last in done for fault in faults],
        counts={name: _column(folder, statement)[0] for name, statement in COUNTED.items()},
        kept={*kept},
        sent={last for _seconds, _faults, last in done},
        locked=log.read_text("utf-8", "replace").count(LOCKED),
    )


def _writer(signed_in: Visitor, number: int, times: int, start: Barrier) -> tuple[list[float], list[str], str]:
    """Seconds of each save, what went wrong, and the text saved last."""
    clerk = Visitor(signed_in.site)
    clerk.session.cookies.update(signed_in.session.cookies)
    made = clerk.send(f"{FORM}add/", "name", name=f"示例产业{number}", state="draft", _continue="1")
    seconds, faults, text, page = [], [], "", made
    start.wait(120)
    for count in range(times):
        text = f"第{number}人第{count}次"
        form = form_in(page.text, page.url, FIELD)
        filled, began = form.filled(**{FIELD: text, "_continue": "1"}), time.monotonic()
        headers = {"Referer": page.url}
        answer = clerk.session.post(form.address, filled, headers=headers, allow_redirects=False, timeout=120)
        seconds.append(time.monotonic() - began)
        if answer.status_code != 302:
            faults.append(f"{answer.status_code}: {answer.text[:500]}")
        page = clerk.get(made.url.removeprefix(clerk.site))
    return seconds, faults, text


def _column(folder: Path, statement: str) -> list:
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        return [value for (value,) in database.execute(statement)]


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.load.writers", description=__doc__)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--times", type=int, default=200)
    options = parser.parse_args()
    clean_up_when_ended()
    with tempfile.TemporaryDirectory(prefix="fengtai-writers-") as name:
        folder = Path(name) / "data"
        password = passwords_in(prepared(folder))["staff"]
        outcome = write_all(folder, password, options.writers, options.times)
    print(outcome)
    for fault in outcome.faults[:3]:
        print(fault)
    wanted = options.writers * options.times
    print(f"demanded: {wanted} saved, {wanted} in the trail, 0 lost, 0 locked, p99 ≤ {MOST:g} s")
    sys.exit(not outcome.is_good(wanted))


if __name__ == "__main__":
    main()

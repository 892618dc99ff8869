"""Measuring fairly on a machine that others use: CPU time, contenders in turn, the median of several rounds."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from tests.bench.databases import ROOT, environment

ROUNDS = 5
SAMPLE = 0.1  # CPU seconds that one sample takes at least, where a single run takes less
MOST_RUNS = 200
LONG = 1.0  # CPU seconds of a first run beside which warming up is nothing: it is a sample


class WorkFailed(Exception):
    """What a worker was asked to do went wrong there; holds its traceback."""


class Site:
    """A process of the platform with so many organisations, and what may be asked of it."""

    def __init__(self, url: str, rows: int):
        self.url, self.rows = url, rows
        self._start()

    def _start(self):
        command = [sys.executable, "-m", "tests.bench.worker"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment(self.url), **pipes)

    def stop(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def restart(self):
        """A process that has served nothing yet."""
        self.stop()
        self._start()

    def ask(self, command: str, **arguments):
        self.process.stdin.write(json.dumps({"command": command, **arguments}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise WorkFailed(f"the worker ended while it was asked to {command}")
        answer = json.loads(line)
        if "error" in answer:
            raise WorkFailed(answer["error"])
        return answer["result"]

    def page(self, path: str, **headers: str) -> Callable[[int], float]:
        """A contender: the page at this address, not from the cache of anonymous pages unless headers are given."""
        return lambda times: self.ask("cost", path=path, times=times, headers=headers or None)

    def fresh(self, path: str, headers: dict | None = None) -> float:
        """CPU seconds of a page asked for right after a write."""
        self.ask("tell", function="tests.bench.worker.forget")
        return self.ask("cost", path=path, times=1, headers=headers)

    def function(self, name: str, **arguments) -> Callable[[int], float]:
        """A contender: a function of the bench."""
        return lambda times: self.ask("call", function=name, times=times, **arguments)


@dataclass(frozen=True)
class Sites:
    """The same platform on one kind of database: with all rows, with those of a download, with 2,000 and 1,000."""

    vendor: str
    full: Site
    download: Site
    middle: Site
    small: Site

    def all(self) -> tuple[Site, ...]:
        return self.full, self.download, self.middle, self.small


def compare(contenders: dict[str, Callable[[int], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """The median CPU seconds of each, measured in turn so that a busy minute troubles all of them alike."""
    first = {name: contender(1) for name, contender in contenders.items()}  # fills caches; alone it counts for nothing
    runs = {name: _runs(contender, first[name]) for name, contender in contenders.items()}
    samples = {name: [first[name]] if first[name] > LONG else [] for name in contenders}
    while any(len(taken) < rounds for taken in samples.values()):
        for name, contender in contenders.items():
            if len(samples[name]) < rounds:
                samples[name].append(contender(runs[name]))
    return {name: median(taken) for name, taken in samples.items()}


def _runs(contender: Callable[[int], float], first: float) -> int:
    """How many runs one sample needs; where the first run was short, a second one with warm caches tells."""
    again = contender(1) if first < SAMPLE * 3 else first
    return min(max(round(SAMPLE / max(again, 1e-6)), 1), MOST_RUNS)

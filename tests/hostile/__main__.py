"""Sends hostile requests to every address and form on each database; ends with 1 if any answer is not as it must be.

python -m tests.hostile --requests 4000 --databases sqlite,postgresql
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.hostile.kinds import KINDS
from tests.own_database import own_database

ROOT = Path(__file__).resolve().parents[2]
GROWTH = 60  # MB that a process may grow between the middle and the end: what is kept fills up before
CACHE = "locmemcache://?max_entries=300"  # so that what may be kept is full early


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=4000, help="to each address")
    parser.add_argument("--forms", type=int, default=0, help="to each form; a tenth of the others if not given")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--kinds", default=",".join(KINDS), help="a part of these, since the whole takes hours")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--faulty", type=Path, help="a file for the requests that came to a fault, whole")
    asked = parser.parse_args()
    if unknown := {*asked.kinds.split(",")} - {*KINDS}:
        parser.error(f"no such kind: {', '.join(unknown)}")
    forms = asked.forms or max(asked.requests // 10, 1)
    found = [_told(vendor, asked, forms) for vendor in asked.databases.split(",")]
    sys.exit(1 if any(found) else 0)


def _told(vendor: str, asked: argparse.Namespace, forms: int) -> list[str]:
    began = time.monotonic()
    report = measured(vendor, asked.requests, forms, asked.seed, asked.kinds)
    faults = report["faults"]
    if asked.faulty:
        asked.faulty.write_text("\n".join(report["faulty"]), "utf-8", "surrogatepass")
    grown = report["memory"][-1] - report["memory"][1]
    if grown > GROWTH:
        faults.append(f"grew by {grown} MB between the second quarter and the end: {report['memory']}")
    sent = ", ".join(f"{count} {kind}" for kind, count in report["sent"].items())
    print(
        f"{vendor}: {sent}; {report['statuses']}; slowest {report['slowest']:.2f} s ({report['slowest_of']});", end=" "
    )
    print(
        f"memory {report['memory']} MB; {len(faults)} faults;",
        f"{report['cpu']:.0f} s of work, {time.monotonic() - began:.0f} s in all",
    )
    for fault in faults:
        print("  ", fault)
    return faults


def measured(vendor: str, requests: int, forms: int, seed: int, kinds: str) -> dict:
    """The report of a worker with a database and files of its own."""
    with tempfile.TemporaryDirectory() as folder, own_database(vendor, Path(folder), "fengtai_hostile") as address:
        own = {"DATABASE_URL": address, "DATA_DIR": folder, "CACHE_URL": CACHE, "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "tests.hostile.worker", str(requests), str(forms), str(seed), kinds]
        run = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **own}, check=True, stdout=subprocess.PIPE, text=True
        )
    return json.loads(run.stdout)


if __name__ == "__main__":
    main()

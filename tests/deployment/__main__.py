"""Starts the whole deployment of deploy/ on this machine, walks over the site, restarts it under load and stops it.

PostgreSQL, Redis and nginx are its own, on free ports of loopback and in a folder that is gone afterwards. It runs as
root or as anybody: `make deploy-check`.
"""

import argparse
import sys
import time

from tests.deployment.machine import Machine, deployed, folder_of_ours
from tests.deployment.processes import PACKAGES, Failed, clean_up_when_ended, missing_packages
from tests.deployment.walk import all_down, walk
from tests.load.measured import line, read, table
from tests.load.running import Load, clients

LISTS = "/organisations/,/,/partners/,/projects/,/sources/,/search/"


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.deployment", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="of load, in which both nodes are restarted")
    parser.add_argument("--clients", type=int, default=12)
    options = parser.parse_args()
    clean_up_when_ended()
    if lacking := missing_packages(*PACKAGES):
        sys.exit(f"To be installed first: apt-get install {' '.join(lacking)}")
    began = time.monotonic()
    try:
        with folder_of_ours() as folder, deployed(folder) as (machine, passwords):
            tell("started from the unit files", f"{time.monotonic() - began:.0f} s")
            for part, found in walk(machine, passwords["staff"]):
                tell(part, found)
            tell("both nodes restarted under load", under_load(machine, passwords["staff"], options))
            tell("no node left: nginx says so", all_down(machine))
    except Failed as failed:
        sys.exit(f"FAILED: {failed}")
    tell("stopped, nothing left", f"{time.monotonic() - began:.0f} s in all")


def under_load(machine: Machine, password: str, options) -> str:
    load = Load(options.clients, options.seconds, pace=0.5, clerks=2, downloaders=1)
    own = {"LOAD_LISTS": LISTS, "LOAD_STAFF": f"staff:{password}"}
    with clients(machine.places.site, load, machine.places.folder, own) as measured:
        time.sleep(options.seconds / 3)
        machine.rolling_restart()
    answers = read(measured)
    faults = [f"{one.name}: {one.fault}" for one in answers if one.fault]
    print(table([line("all", answers)]))
    if faults:
        raise Failed(f"{len(faults)} of {len(answers)} requests failed:\n" + "\n".join(sorted(set(faults))[:10]))
    return f"{len(answers)} requests, 0 failed"


def tell(part: str, found: str) -> None:
    print(f"ok  {part}: {found}", flush=True)


if __name__ == "__main__":
    main()

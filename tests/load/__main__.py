"""50 clients for five minutes at the whole deployment, a restart in the middle; then the plain recipe: `make load`."""

import argparse
import os
import sys
import time

from tests.deployment.machine import Machine, deployed, folder_of_ours
from tests.deployment.places import ROOT, free_ports
from tests.deployment.processes import PACKAGES, Process, clean_up_when_ended, missing_packages, run
from tests.deployment.servers import answers
from tests.load.measured import Answer, line, percentile, read, table
from tests.load.running import Load, clients, memory_of

LISTS = "/organisations/,/,/partners/,/projects/,/places/,/indicators/,/observations/,/sources/,/search/"
PLAIN = "/bench/plain/"
MOST = 1.0  # seconds that 99 of 100 answers may take


def main():
    options = arguments()
    clean_up_when_ended()
    if lacking := missing_packages(*PACKAGES):
        sys.exit(f"To be installed first: apt-get install {' '.join(lacking)}")
    with folder_of_ours() as folder, deployed(folder, lambda one: fill(one, options.rows)) as (machine, passwords):
        ours = at_the_site(machine, options, passwords["staff"])
        memory = {name: memory_of(process) for name, process in machine.running.items()}
        plain = at_the_plain_one(machine, options)
    print(report(ours, plain))
    print("memory, MB: " + ", ".join(f"{name} {used:.0f}" for name, used in memory.items()))
    for fault in sorted({f"{one.name}: {one.fault}" for one in ours if one.fault})[:10]:
        print(fault)
    sys.exit(verdict(ours))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--plain-seconds", type=int, default=60, help="how long the plain recipe is asked afterwards")
    parser.add_argument("--rows", type=int, default=20_000, help="organisations; the other records follow from it")
    parser.add_argument("--pace", type=float, default=3.0, help="seconds from one question of a reader to the next")
    parser.add_argument("--clerks", type=int, default=3, help="so many of the clients write, each every five seconds")
    return parser.parse_args()


def fill(machine: Machine, rows: int) -> None:
    """Invented rows, before the first preparation finds an empty database and loads the report's."""
    own = {**os.environ, "DATABASE_URL": machine.environment["DATABASE_URL"]}
    run([sys.executable, "-m", "tests.bench.generator", f"--rows={rows}"], cwd=ROOT, env=own)


def at_the_site(machine: Machine, options, password: str) -> list[Answer]:
    """Everybody at once; in the middle one node after the other is restarted."""
    load = Load(options.clients, options.seconds, options.pace, clerks=options.clerks, downloaders=1)
    own = {"LOAD_LISTS": LISTS, "LOAD_STAFF": f"staff:{password}"}
    with clients(machine.places.site, load, machine.places.folder, own) as measured:
        time.sleep(options.seconds / 2)
        machine.rolling_restart()
    return read(measured)


def at_the_plain_one(machine: Machine, options) -> list[Answer]:
    """As many readers at the usual list of the same rows: gunicorn with the workers that its manual advises."""
    if not options.plain_seconds:
        return []
    [port] = free_ports(1)
    workers = str(2 * (os.cpu_count() or 1) + 1)
    command = [
        "-m",
        "gunicorn",
        "--workers",
        workers,
        "--bind",
        f"127.0.0.1:{port}",
        "tests.load.plain_site:application",
    ]
    machine.stop_all()  # both have the same cores for themselves
    own = {**os.environ, **machine.environment, "PRODUCTION": "", "TASKS_BACKEND": "immediate", "RELEASE_DUE": "0"}
    own["ALLOWED_HOSTS"] = "127.0.0.1"  # it stands behind no nginx
    server = Process(
        "gunicorn", [sys.executable, *command], machine.places.folder / "log" / "plain.log", cwd=ROOT, env=own
    )
    try:
        server.wait_for(lambda: answers(port))
        asked = {"LOAD_LISTS": PLAIN, "LOAD_LANGUAGES": "", "LOAD_WITHIN": PLAIN}
        site = f"http://127.0.0.1:{port}"
        load = Load(options.clients, options.plain_seconds, options.pace)
        with clients(site, load, machine.places.folder, asked) as measured:
            pass
        return read(measured)
    finally:
        server.stop()


def report(ours: list[Answer], plain: list[Answer]) -> str:
    reading = [one for one in ours if one.name == "read"]
    others = sorted({one.name for one in ours} - {"read"})
    lines = [line("all", ours), line("read", reading)]
    lines += [line(name, [one for one in ours if one.name == name]) for name in others]
    if plain:
        lines.append(line("gunicorn, plain recipe: read", [one for one in plain if one.name == "read"]))
    return table(lines)


def verdict(ours: list[Answer]) -> int:
    """0 if nothing failed and 99 of 100 were answered in time."""
    longest = percentile((one.seconds for one in ours), 99)
    faults = sum(bool(one.fault) for one in ours)
    print(f"{faults} errors (demanded: 0), p99 {longest:.3f} s (demanded: ≤ {MOST:g} s)")
    return int(bool(faults) or longest > MOST)


if __name__ == "__main__":
    main()

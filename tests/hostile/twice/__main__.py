"""So many double presses of every kind of form, against a server of two processes, on each database.

python -m tests.hostile.twice --pairs 50 --databases sqlite,postgresql
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.own_database import own_database

ROOT = Path(__file__).resolve().parents[3]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--only", default="", help="kinds whose name holds one of these, parted by commas")
    asked = parser.parse_args()
    ended = [run(vendor, asked.pairs, asked.only).returncode for vendor in asked.databases.split(",")]
    sys.exit(max(ended))


def run(vendor: str, pairs: int, only: str = "", **more) -> subprocess.CompletedProcess:
    """In a process, a database and a folder of its own; ends with 1 if any form made more or less than one record."""
    with tempfile.TemporaryDirectory() as folder, own_database(vendor, Path(folder), "fengtai_twice") as address:
        own = {"DATABASE_URL": address, "DATA_DIR": folder, "RELEASE_DUE": "0", "FOUR_EYES": "0"}
        command = [sys.executable, "-m", "tests.hostile.twice.worker", str(pairs), only]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, **more)


if __name__ == "__main__":
    main()

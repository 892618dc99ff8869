"""Synthetic rows (示例…) for measuring and load tests: `python -m tests.bench.generator --rows 1000000`.

The same seed gives the same rows. They go into a database of their own (var/bench, or DATABASE_URL): one that holds
anything else is refused.
"""

import argparse
import os
from pathlib import Path

SEED = 2024
HOME = Path(__file__).resolve().parents[2] / "var" / "bench"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, help="organisations; the other records follow from it")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    _set_up()
    counts = generate(arguments.rows, arguments.seed)
    print(", ".join(f"{count} {name}" for name, count in counts.items()))


def _set_up():
    """The platform on the bench's own data directory; never on the one that the site uses."""
    HOME.mkdir(parents=True, exist_ok=True)
    os.environ["DATA_DIR"] = str(HOME)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{HOME / 'db.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")
    import django  # the settings read the environment just set

    django.setup()


def generate(rows: int, seed: int = SEED) -> dict[str, int]:
    """Fills an empty database; returns how many rows of each model were written."""
    # Models can be imported only after Django is set up.
    from django.core.management import call_command

    from tests.bench.own_database import claim
    from tests.bench.rows import tidy, write_rows

    call_command("migrate", verbosity=0)
    claim()
    counts = write_rows(rows, seed)
    tidy()
    return counts


if __name__ == "__main__":
    main()

"""`python -m tests.bench --size 20000`: measures every group on both databases, prints the table, writes the page."""

import argparse
import importlib
import sys

from tests.bench.databases import Databases
from tests.bench.harness import Site, Sites, WorkFailed
from tests.bench.report import table, write_page

GROUPS = {
    "rows": "A list page of 25 rows",
    "scale": "A page among many rows",
    "writes": "The first page after a write",
    "linked": "Pages of records with many links",
    "search": "Search",
    "download": "Download as .xlsx",
    "cache": "Cached pages",
    "index": "The search index",
    "imports": "Workbooks in",
    "staff": "Pages of staff",
}
DOWNLOAD = 200_000
VENDORS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main():
    arguments = _arguments()
    order = [_title(group, vendor) for vendor in VENDORS for group in GROUPS]
    for vendor in arguments.databases.split(","):
        with Databases(vendor) as databases:
            write_page(arguments.size, order, _measured(databases, arguments))


def _title(group: str, vendor: str) -> str:
    return f"{GROUPS[group]} · {VENDORS[vendor]}"


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--only", default="", help=f"some of {','.join(GROUPS)}")
    parser.add_argument("--download", type=int, default=0, help="rows of the download that the peers are asked for too")
    parser.add_argument("--databases", default=",".join(VENDORS))
    arguments = parser.parse_args()
    arguments.only = arguments.only or ",".join(GROUPS)
    # The peers take milliseconds a row: a short run asks them for few.
    arguments.download = arguments.download or (DOWNLOAD if arguments.size >= DOWNLOAD else 2_000)
    return arguments


def _measured(databases: Databases, arguments) -> dict[str, str]:
    sizes = {"full": arguments.size, "download": arguments.download, "middle": 2_000, "small": 1_000}
    sites = Sites(databases.vendor, **{role: Site(databases.filled(role, n), n) for role, n in sizes.items()})
    tables = {}
    try:
        for group in arguments.only.split(","):
            title = _title(group, databases.vendor)
            tables[title] = _table(group, sites)
            print(f"\n## {title}\n\n{tables[title]}", flush=True)
    finally:
        for site in sites.all():
            site.stop()
    return tables


def _table(group: str, sites: Sites) -> str:
    """A group that cannot be measured says why; the others go on."""
    try:
        return table(importlib.import_module(f"tests.bench.groups.{group}").measure(sites))
    except WorkFailed as failure:
        print(failure, file=sys.stderr)
        return f"Not measured: `{str(failure).strip().splitlines()[-1]}`"


if __name__ == "__main__":
    main()

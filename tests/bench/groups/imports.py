"""A workbook of 5,000 organisations brought back with 200 changed: what its preview costs, what taking it costs.

Memory is that of a whole process which plans and takes 50,000 new ones, or as many as the largest database here has.
"""

from tests.bench.harness import Sites, compare
from tests.bench.report import Line, quicker

LARGE = "tests.bench.large_files"
# Of a step CPU seconds, of the peak MB, at most.
NAMES, CHANGES, WIDE = {"preview": 6, "commit": 20, "peak": 250}, {"peak": 300}, {"preview": 9.1}
OURS, PEER = "tests.bench.importing", "tests.bench.peers.import_library"
ROWS, CHANGED, MANY = 5_000, 200, 50_000
NEW, FIGURES = 20_000, 24_800


def measure(sites: Sites) -> list[Line]:
    site, rows = sites.full, min(ROWS, sites.full.rows)
    for module in (OURS, PEER):
        site.ask("tell", function=f"{module}.prepare", rows=rows, changed=CHANGED)
    lines = []
    for step, limit in (("preview", 8), ("commit", 15)):
        contenders = {name: site.function(f"{name}.{step}") for name in (OURS, PEER)}
        cost = compare(contenders, rounds=3)
        what = f"{step}, {rows:,} rows with {CHANGED} changed"
        lines.append(quicker(what, cost[OURS], "django-import-export", cost[PEER], limit))
    return [*lines, _memory(sites), *_large_files(sites)]


def _memory(sites: Sites) -> Line:
    rows = min(MANY, sites.full.rows)
    sites.full.restart()
    peak = sites.full.ask("tell", function=f"{OURS}.peak", rows=rows)
    return Line(
        f"most memory of the process, {rows:,} new rows planned and taken, MB", f"{peak:.0f}", ratio=peak, at_most=300
    )


def _large_files(sites: Sites) -> list[Line]:
    """Each by a process that has done nothing before."""
    rows, lines = min(MANY, sites.full.rows), []
    for what, function, arguments, limits in (
        (f"{NEW:,} new names with five other columns", "new_names", {"rows": NEW}, NAMES),
        (f"{rows:,} rows that change a published record each", "changed", {"rows": rows}, CHANGES),
        (f"a wide table of {FIGURES:,} figures", "wide", {"figures": FIGURES}, WIDE),
    ):
        sites.full.restart()
        found = sites.full.ask("tell", function=f"{LARGE}.{function}", **arguments)
        for name, unit in (("preview", "s"), ("commit", "s"), ("peak", "MB")):
            measured = found[name]
            lines.append(Line(f"{what}: {name}, {unit}", f"{measured:.3g}", ratio=measured, at_most=limits.get(name)))
    return lines

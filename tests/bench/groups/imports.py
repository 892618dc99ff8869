"""A workbook of 5,000 organisations brought back with 200 changed: what its preview costs, what taking it costs.

Memory is that of a whole process which plans and takes 50,000 new ones, or as many as the largest database here has.
"""

from tests.bench.harness import Sites, compare
from tests.bench.report import Line, quicker

OURS, PEER = "tests.bench.importing", "tests.bench.peers.import_library"
ROWS, CHANGED, MANY = 5_000, 200, 50_000


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
    return [*lines, _memory(sites)]


def _memory(sites: Sites) -> Line:
    rows = min(MANY, sites.full.rows)
    sites.full.restart()
    peak = sites.full.ask("tell", function=f"{OURS}.peak", rows=rows)
    return Line(
        f"most memory of the process, {rows:,} new rows planned and taken, MB", f"{peak:.0f}", ratio=peak, at_most=300
    )

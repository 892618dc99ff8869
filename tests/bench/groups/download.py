"""What a download costs, how much memory it takes and when it starts."""

from tests.bench.groups.rows import LIST
from tests.bench.harness import Site, Sites, compare
from tests.bench.report import Line, quicker
from tests.bench.words import MISS

OURS = f"{LIST}?format=xlsx"
PEERS = {
    "django-import-export": ("/bench/import-export/", 12),
    "django-tables2 export": ("/bench/tables2/?_export=xlsx", 30),
    "XlsxWriter constant_memory": ("/bench/xlsxwriter/", 5),
    "rustpy-xlsxwriter": ("/bench/rustpy/", None),
}


def measure(sites: Sites) -> list[Line]:
    contenders = {"ours": OURS} | {name: path for name, (path, _limit) in PEERS.items()}
    cost = compare({name: sites.download.page(path) for name, path in contenders.items()}, rounds=3)
    what = f"{sites.download.rows:,} rows"
    lines = [quicker(what, cost["ours"], name, cost[name], limit) for name, (_path, limit) in PEERS.items()]
    return [*lines, *_stream(sites)]


def _stream(sites: Sites) -> list[Line]:
    many, few, what = _fresh(sites.full), _fresh(sites.middle), f"{sites.full.rows:,} rows"
    share, large = 100 * many["first"] / many["cpu"], sites.full.rows >= 200_000
    over = f"{few['peak']:.1f} MB"
    return [
        Line(f"most memory over the idle process, {what}, MB", f"{many['peak']:.1f}", ratio=many["peak"], at_most=15),
        Line(
            f"the same, beside {sites.middle.rows:,} rows",
            f"{many['peak']:.1f} MB",
            "difference, MB",
            over,
            many["peak"] - few["peak"],
            at_most=2,
        ),
        # Laying out the frame takes what it takes: the demand is about a file of 200,000 rows.
        Line(f"first byte of {what}, % of the CPU time", f"{share:.2g} %", ratio=share, at_most=1 if large else None),
    ]


def _fresh(site: Site) -> dict:
    """A download by a process that has served only an empty one: what it holds afterwards is the download's."""
    site.restart()
    site.ask("download", path=f"{OURS}&q={MISS}")
    return site.ask("download", path=OURS)

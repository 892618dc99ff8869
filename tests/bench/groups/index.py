"""How large the search index is, and what its tokens cost to build."""

from importlib.util import find_spec

from tests.bench.harness import Sites
from tests.bench.report import Line


def measure(sites: Sites) -> list[Line]:
    if find_spec("fengtai.search.tokens") is None:
        return [Line("search index: not built yet", "")]
    table, index = sites.full.ask("tell", function="tests.bench.groups.sizes.table_and_index")
    names = sites.full.ask("tell", function="tests.bench.groups.sizes.names", count=2_000)
    make = sites.full.function("tests.bench.groups.sizes.tokens", names=names)
    make(1)  # loads the dictionary, once for each process that writes
    each = make(3) / len(names)
    return [
        Line("bytes of the index / of the table", f"{index:,}", "table", f"{table:,}", index / table, at_most=0.35),
        Line("tokens of a row, µs", f"{each * 1e6:.3g}", ratio=each * 1e6, at_most=40),
    ]

"""What a search asks of the database: the statements alone, without what it costs to compose them."""

from importlib.util import find_spec

from tests.bench.harness import Sites, compare
from tests.bench.report import Line, dearer, quicker
from tests.bench.words import HIT, INITIALS, MISS, PINYIN

REPLAY = "tests.bench.groups.statements.replay"


def measure(sites: Sites) -> list[Line]:
    asked = {"hit": HIT, "miss": MISS, "pinyin": PINYIN, "initials": INITIALS}
    contenders = {name: _search(sites, "ours", word) for name, word in asked.items()}
    contenders |= {f"contains {name}": _search(sites, "contains", asked[name]) for name in ("hit", "miss")}
    trigram = sites.vendor == "postgresql"
    if trigram:
        sites.full.ask("tell", function="tests.bench.peers.trigram.build")
        contenders |= {f"trigram {name}": _search(sites, "trigram", asked[name]) for name in ("hit", "miss")}
    cost = compare(contenders)
    lines = [
        quicker(f"two characters ({HIT})", cost["hit"], "icontains", cost["contains hit"], 15),
        quicker(f"nothing found ({MISS})", cost["miss"], "icontains", cost["contains miss"], 500),
    ]
    for name in ("hit", "miss") if trigram else ():
        lines.append(quicker(asked[name], cost[name], "pg_trgm", cost[f"trigram {name}"]))
    if find_spec("fengtai.search.tokens") is None:
        return [Line("token search: not built yet, these are icontains too", ""), *lines]
    lines += [dearer(asked[name], cost[name], HIT, cost["hit"], 10) for name in ("pinyin", "initials")]
    return lines


def _search(sites: Sites, way: str, word: str):
    return sites.full.function(REPLAY, way=way, word=word)

"""What a page costs that was asked for before by a reader without a session."""

from tests.bench.groups.rows import LIST
from tests.bench.harness import Sites, compare
from tests.bench.report import Line, dearer, quicker

ANONYMOUS = {"HTTP_COOKIE": ""}


def measure(sites: Sites) -> list[Line]:
    page = sites.full.page
    first = sites.full.ask("look", path=LIST, headers=ANONYMOUS)
    contenders = {
        "uncached": page(LIST),
        "cached": page(LIST, **ANONYMOUS),
        "trivial": page("/bench/trivial/", **ANONYMOUS),
    }
    tag = first["headers"].get("ETag")
    if tag:
        contenders["unchanged"] = page(LIST, HTTP_IF_NONE_MATCH=tag, **ANONYMOUS)
    cost = compare(contenders)
    lines = [
        quicker("cached page", cost["cached"], "uncached", cost["uncached"], 8),
        dearer("cached page", cost["cached"], "trivial view", cost["trivial"], 1.25),
    ]
    if not tag:
        return [*lines, Line("304: the page carries no ETag yet", "")]
    return [*lines, dearer("304", cost["unchanged"], "cached page", cost["cached"], 1.05)]

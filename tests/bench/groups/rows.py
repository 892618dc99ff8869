"""What a list page of 25 rows costs."""

from tests.bench.harness import Sites, compare
from tests.bench.report import Line, dearer, quicker

LIST = "/organisations/"


def measure(sites: Sites) -> list[Line]:
    page = sites.small.page
    cost = compare(
        {
            "ours": page(LIST),
            "plain": page("/bench/plain/"),
            "floor": page("/bench/floor/"),
            "hundred": page(f"{LIST}?per_page=100"),
        }
    )
    queries = sites.small.ask("look", path=LIST)["queries"]
    return [
        quicker("list page of 25 rows", cost["ours"], "plain recipe", cost["plain"], 15),
        dearer("list page of 25 rows", cost["ours"], "raw SQL floor", cost["floor"], 3),
        dearer("list page of 100 rows", cost["hundred"], "25 rows", cost["ours"], 1.5),
        Line("queries of a list page", str(queries), ratio=queries, at_most=3),
    ]

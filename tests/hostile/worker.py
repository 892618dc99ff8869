"""In a process and a database of its own: makes the rows, sends the requests, prints the report as JSON.

DATABASE_URL=… DATA_DIR=… python -m tests.hostile.worker REQUESTS FORMS SEED KINDS
"""

import json
import logging
import sys

from tests.own_database import set_up


def main(requests: int, forms: int, seed: int, kinds: list[str]):
    set_up()
    from tests.hostile.running import Report, run
    from tests.hostile.world import make_world

    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    logging.getLogger("django.request").setLevel(logging.ERROR)
    make_world()
    report = run(
        requests, forms, seed, Report(), told=lambda line: print(line, file=sys.stderr, flush=True), kinds=kinds
    )
    print(json.dumps(vars(report), ensure_ascii=False))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), sys.argv[4].split(","))

"""Readers who all press twice at the same moment, on an empty database of their own: prints what came of it.

DATABASE_URL=… DATA_DIR=… python -m tests.pages.corrections.pressed_twice READERS
"""

import json
import sys
from threading import Barrier, Thread

from tests.own_database import set_up


def main(readers: int):
    set_up(CORRECTIONS_PER_HOUR=1)
    print(json.dumps(_pressed(readers)))


def _pressed(readers: int) -> dict:
    from fengtai.review.corrections.models import Correction
    from tests.pages.corrections.reports import said

    typed, ready, answers = [said(wrong=f"示例{number}") for number in range(readers)], Barrier(2 * readers), []
    threads = [Thread(target=_press, args=(number, typed[number], ready, answers)) for number in [*range(readers)] * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = sorted(Correction.objects.values_list("wrong", flat=True))
    return {
        "answers": len(answers),
        "statuses": sorted({status for _number, status, _where in answers}),
        "places": len({*answers}),
        "each_once": texts == sorted(one["wrong"] for one in typed),
    }


def _press(number: int, typed: dict, ready: Barrier, answers: list):
    from django.db import connections
    from django.test import Client

    from tests.pages.corrections.reports import FORM

    client = Client()
    ready.wait()
    try:
        found = client.post(FORM, typed, REMOTE_ADDR=f"198.51.100.{number}")
        answers.append((number, found.status_code, found.headers.get("Location")))
    finally:
        connections.close_all()


if __name__ == "__main__":
    main(int(sys.argv[1]))

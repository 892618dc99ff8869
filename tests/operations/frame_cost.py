"""What the frame of a request costs: its line in the log, its measures, its number, beside the same site without them.

    DATA_DIR=… METRICS=1 LOG_FORMAT=json LOG_REQUESTS=made python -m tests.operations.frame_cost 2>/dev/null

CPU of this process alone, in turns within one run, the best of several; on a site that was prepared (`make run`).
"""

import io
import os
import sys
import time

import django

FRAME = ("fengtai.operations.", "fengtai.operations")
PAGES = {  # an address, how often in a round, and how many rounds
    "a page that is kept": ("/organisations/", 20, 300),
    "a list page made anew": ("/organisations/?q={}", 4, 15),
}


def handler(middleware: list[str]):
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler

    settings.MIDDLEWARE = middleware
    return WSGIHandler()


def ask(application, address: str) -> None:
    path, _sign, query = address.partition("?")
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1"}
    environ |= {
        "SERVER_PORT": "8000",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
        "REMOTE_ADDR": "127.0.0.1",
    }
    answer = application(environ, lambda status, headers: None)
    b"".join(answer)
    answer.close()


def seconds(application, address: str, times: int, number: int) -> float:
    begun = time.process_time()
    for one in range(times):
        ask(application, address.format(f"x{number}x{one}"))
    return (time.process_time() - begun) / times


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")
    django.setup()
    from django.conf import settings

    every = [*settings.MIDDLEWARE]
    without = handler([name for name in every if not name.startswith(FRAME)])
    framed = handler(every)
    for name, (address, times, rounds) in PAGES.items():
        for application in (without, framed):
            seconds(application, address, 3, 0)
        bare, whole = [], []
        for number in range(1, rounds + 1):
            bare.append(seconds(without, address, times, 2 * number))
            whole.append(seconds(framed, address, times, 2 * number + 1))
        least, most = min(bare), min(whole)
        print(f"{name}: {least * 1e6:.0f} µs without, {most * 1e6:.0f} µs with, {most / least:.3f} ×")


if __name__ == "__main__":
    sys.exit(main())

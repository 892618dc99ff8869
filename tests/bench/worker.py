"""One process of the platform on one database. It is told line by line what to do, and answers with what it cost."""

import gc
import importlib
import json
import sys
import traceback
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory, override_settings

PRIVATE = "sessionid=bench"  # a page asked for with a session is not answered from the cache of anonymous pages
TEMPLATES = str(Path(__file__).parent / "peers" / "templates")


class Worker:
    """The commands: each public method is one."""

    def __init__(self):
        from tests.bench.meters import CpuMeter  # once Django is set up

        self.application = get_wsgi_application()
        self.meter = CpuMeter()

    def cost(self, path: str, times: int, headers: dict | None = None) -> float:
        """CPU seconds of one request, over so many."""
        environs = [_environ(path, headers) for _ in range(times)]
        gc.collect()
        start = self.meter.read()
        for environ in environs:
            self._answer(environ)
        return (self.meter.read() - start) / times

    def call(self, function: str, times: int, **arguments) -> float:
        """CPU seconds of one call of a function of the bench, over so many."""
        run = _function(function)
        gc.collect()
        start = self.meter.read()
        for _ in range(times):
            run(**arguments)
        return (self.meter.read() - start) / times

    def tell(self, function: str, **arguments):
        """What a function of the bench returns."""
        return _function(function)(**arguments)

    def look(self, path: str, headers: dict | None = None) -> dict:
        """Status, headers, text and number of queries of one request."""
        from django.db import connection

        queries = []

        def note(execute, sql, params, many, context):
            queries.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            status, sent, chunks = self._answer(_environ(path, headers))
        text = b"".join(chunks).decode(errors="replace")
        return {"status": status, "headers": dict(sent), "text": text, "queries": len(queries)}

    def download(self, path: str) -> dict:
        """CPU seconds in all and until the first byte; MB that the peak lies over the idle process."""
        from tests.bench.meters import forget_peak, memory

        environ = _environ(path, None)
        gc.collect()
        forget_peak()
        idle, start, first, size = memory("VmRSS"), self.meter.read(), None, 0
        answer = self.application(environ, lambda *started: None)
        for chunk in answer:
            if chunk and first is None:
                first = self.meter.read() - start
            size += len(chunk)
        answer.close()
        peak = memory("VmHWM") - idle
        return {"cpu": self.meter.read() - start, "first": first, "peak": peak, "size": size}

    def _answer(self, environ) -> tuple:
        started = []
        answer = self.application(environ, lambda *arguments: started.append(arguments))
        chunks = list(answer)
        answer.close()
        status, headers = started[0][:2]
        if status[0] not in "23":
            raise RuntimeError(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}: {status}")
        return status, headers, chunks


def _environ(path: str, headers: dict | None) -> dict:
    return RequestFactory(SERVER_NAME="localhost", **(headers or {"HTTP_COOKIE": PRIVATE})).get(path).environ


def _function(name: str):
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(module), function)


def forget():
    """A write to a row of the list."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE partners_organisation SET region = region WHERE id = 77")


def main():
    django.setup()
    templates = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], TEMPLATES]}]
    override_settings(ROOT_URLCONF="tests.bench.urls", TEMPLATES=templates).enable()
    worker = Worker()
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = {"result": getattr(worker, order.pop("command"))(**order)}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

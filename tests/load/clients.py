"""Who asks: readers, one who downloads, staff who write. Run by Locust: `locust -f tests/load/clients.py`.

The environment says how long a client waits between two questions (LOAD_PACE, seconds), of which lists (LOAD_LISTS),
how many write and download (LOAD_CLERKS, LOAD_DOWNLOADERS), who may sign in (LOAD_STAFF, as name:password), the site's
certificate (LOAD_CERTIFICATE) and where to write what was measured (LOAD_MEASURED).
"""

import json
import os
import random
import re
import time
from collections import defaultdict
from itertools import count

from locust import FastHttpUser, HttpUser, events, task

from tests.deployment.forms import choices_in, form_in, links_in

PACE = float(os.environ.get("LOAD_PACE", "1"))
DOWNLOAD_EVERY, WRITE_EVERY = 60.0, 5.0  # seconds
LISTS = os.environ.get("LOAD_LISTS", "/organisations/").split(",")
LANGUAGES = os.environ.get("LOAD_LANGUAGES", ",/en").split(",")
WORDS = ("星河", "科技", "xinghe", "公司", "丰台", "研究院", "鑫鑫", "示例")
WITHIN = os.environ.get("LOAD_WITHIN", "/")  # addresses that begin otherwise are not asked for
CLERKS, DOWNLOADERS = (int(os.environ.get(name, "0")) for name in ("LOAD_CLERKS", "LOAD_DOWNLOADERS"))
PACKED = {"Accept-Encoding": "gzip"}
NO_PAGES = ("/admin", "format=", "/static", "text=")
MOST_ADDRESSES = 4_000
measured = []  # of each request: when it was due and answered (seconds of one clock), what for, status or fault
numbers = count(1)


@events.request.add_listener
def note(request_type, name, response_time, exception, context, **kwargs):
    measured.append((time.time(), response_time / 1000, name, str(exception) if exception else ""))


@events.quitting.add_listener
def write(environment, **kwargs):
    if path := os.environ.get("LOAD_MEASURED"):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(measured, file)


class Punctual:
    """Asks at set moments. Whoever is served late asks late, and that waiting is part of the answer's time."""

    every = PACE

    def on_start(self):
        self.due = time.monotonic() + random.random() * self.every

    def wait_time(self):
        self.due += self.every
        return max(self.due - time.monotonic(), 0)

    def late(self) -> float:
        """Milliseconds since the moment at which the question should have been asked."""
        return max(time.monotonic() - self.due, 0) * 1000


class Reader(Punctual, FastHttpUser):
    """Pages of all kinds: lists with filters, orders and searches in both languages, and records."""

    addresses: list[str] = []
    insecure = True

    def on_start(self):
        super().on_start()
        if not Reader.addresses:
            Reader.addresses = [*LISTS]
            Reader.addresses = addresses_of(self)

    @task
    def read(self):
        # Few pages are asked for by many: half of the questions go to the first eighth, in the order of the site.
        ask(self, self.addresses[int(len(self.addresses) * random.random() ** 3)], "read")


class Downloader(Punctual, FastHttpUser):
    """A whole list as a file, each minute."""

    abstract = not DOWNLOADERS  # Locust reads a count of none as "as many as of the others"
    every, fixed_count = DOWNLOAD_EVERY, DOWNLOADERS
    insecure = True

    @task
    def download(self):
        ask(self, f"{LISTS[0]}?format={random.choice(('xlsx', 'csv'))}", "download")


class Clerk(Punctual, HttpUser):
    """Signs in, makes a draft, and goes on changing it, by the forms of the admin."""

    abstract = not CLERKS
    every, fixed_count = WRITE_EVERY, CLERKS
    changes = "/admin/partners/organisation/"

    def on_start(self):
        super().on_start()
        self.client.verify = os.environ["LOAD_CERTIFICATE"]
        name, _colon, password = os.environ["LOAD_STAFF"].partition(":")
        self.send("/admin/login/?next=/admin/", "username", "sign in", username=name, password=password)
        self.name = f"示例压力测试{os.getpid()}第{next(numbers)}公司"
        self.send(f"{self.changes}add/", "name", "add", name=self.name, kind="firm", _continue="1")

    @task
    def change(self):
        self.send(self.mine, "name", "change", region=f"丰台区{next(numbers)}", _continue="1")

    def send(self, path: str, holding: str, act: str, **changed: str):
        """The page of the form is one question, its sending another."""
        with self.client.get(path, name=f"{act}: form", catch_response=True) as page:
            page.request_meta["response_time"] += self.late()
            form = form_in(page.text, page.url, holding)
        headers = {"Referer": page.url}
        sent = form.filled(**changed)
        with self.client.post(form.address, sent, headers=headers, name=f"{act}: saved", catch_response=True) as answer:
            if refused := re.search(r'<ul class="errorlist.*?</ul>', answer.text, re.S):
                answer.failure(f"the form was refused: {refused[0][:200]}")
        self.mine = answer.url


def ask(user: FastHttpUser, path: str, name: str):
    """One question; what is short of its end counts as failed."""
    with user.client.get(path, name=name, headers=PACKED, catch_response=True) as answer:
        answer.request_meta["response_time"] += user.late()
        if answer.status_code == 200 and not answer.content:
            answer.failure("an empty answer")


def addresses_of(user: FastHttpUser) -> list[str]:
    """Of each list and language: its pages, each choice of its filters, orders, searches, and the records it names."""
    found = []
    for language in LANGUAGES:
        for path in LISTS:
            address = user.host + language + path
            page = user.client.get(language + path, name="look around").text
            found += [address, *(f"{address}?q={word}" for word in WORDS), *chosen_from(page, address)]
            found += links_in(page, address)
    asked = [one.removeprefix(user.host) for one in dict.fromkeys(found)]
    pages = [one for one in asked if one.startswith(WITHIN) and not any(part in one for part in NO_PAGES)]
    return pages[:MOST_ADDRESSES]


def chosen_from(page: str, address: str) -> list[str]:
    """The first choices of each of its filters."""
    by_name = defaultdict(list)
    for name, value in choices_in(page):
        by_name[name].append(value)
    return [f"{address}?{name}={value}" for name, values in by_name.items() for value in values[:12]]

"""So many requests to every address and every form, and all that came of them."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client

from tests.hostile.addresses import Address, Keys, addresses
from tests.hostile.asking import Answer, Application, Sent
from tests.hostile.forms import forms_of
from tests.hostile.judging import faults
from tests.hostile.kinds import FORMS, KINDS, PUBLIC, STAFF
from tests.hostile.questions import question
from tests.hostile.sendings import sending

READING = ("GET", "HEAD", "OPTIONS", "TRACE")
KEPT = 200  # faults that are told


@dataclass
class Report:
    """`sent` by kind of address, `statuses` by their first digit; `faults` are at most KEPT."""

    sent: Counter = field(default_factory=Counter)
    statuses: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0
    slowest_of: str = ""
    memory: list[int] = field(default_factory=list)  # MB in use, at each quarter
    cpu: float = 0  # seconds of work
    faulty: list[str] = field(default_factory=list)  # requests that came to a fault, whole

    def note(self, kind: str, sent: Sent, answer: Answer, found: list[str]):
        self.sent[kind] += 1
        self.statuses[f"{answer.status // 100}xx"] += 1
        self.cpu += answer.seconds
        if answer.seconds > self.slowest:
            self.slowest, self.slowest_of = answer.seconds, str(sent)[:200]
        if len(self.faults) < KEPT:
            self.faults += [f"{fault} · {sent}" for fault in found]
            self.faulty += [repr(sent)] if found else []


def staff_cookies() -> tuple[User, str]:
    """A session of one who may do everything."""
    owner = User.objects.filter(username="zqowner").first() or User.objects.create_superuser("zqowner")
    return owner, cookies_of(owner)


def cookies_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"


def run(
    requests: int,
    forms: int,
    seed: int,
    report: Report,
    *,
    told=None,
    one_in: int = 1,
    kinds: Collection[str] = KINDS,
) -> Report:
    """`requests` to each address, a tenth of them to staff's pages that are no list, and `forms` to each form.

    The same for the same seed and rows; `one_in` so many addresses, and of those each of `kinds`.
    """
    keys, reader, (owner, _cookies) = Keys(), Application(), staff_cookies()
    asked = addresses()[seed % one_in :: one_in]
    put = [address for address in asked if address.kind in kinds]
    for number, address in enumerate(put):
        staff = _signed_in(owner, report)
        chance = Random(f"{seed} {address.route}")
        ways = (reader, staff) if address.kind == PUBLIC else (staff, staff, staff, reader)
        for turn in range(requests if address.kind != STAFF else max(requests // 10, 1)):
            _put(ways[turn % len(ways)], address.kind, question(address, chance, keys), report)
        _quarter(report, number, len(put))
        if told:
            told(f"{report.cpu:.0f} s, {number + 1}/{len(put)} {address.route}: {len(report.faults)} faults")
    staff = _signed_in(owner, report)
    for form, ways in _forms(asked, keys, reader, staff) if FORMS in kinds else ():
        chance = Random(f"{seed} {form.action} {form.names}")
        for turn in range(forms):
            _put(ways[turn % len(ways)], FORMS, sending(form, chance), report)
        if told:
            told(
                f"{report.cpu:.0f} s, form {form.action}: {sum(report.sent.values())} sent, {len(report.faults)} faults"
            )
    return report


def _signed_in(owner: User, report: Report) -> Application:
    """Anew, since a session ends after half an hour; behind one that ended only the page to sign in would be asked."""
    staff = Application(cookies_of(owner))
    if (status := _answered(staff, Sent("/admin/")).status) != 200:
        report.faults.append(f"staff do not come in: {status}")
    return staff


def _put(application: Application, kind: str, sent: Sent, report: Report):
    """Nothing that it writes stays, so that every request meets the same rows."""
    answer = _answered(application, sent)
    report.note(kind, sent, answer, faults(sent, answer))


def _answered(application: Application, sent: Sent) -> Answer:
    try:
        if sent.method in READING:  # outside a transaction, where what is kept between requests is used
            return application.ask(sent)
        with transaction.atomic():
            answer = application.ask(sent)
            if connection.vendor == "postgresql" and answer.status < 500 and not connection.needs_rollback:
                connection.check_constraints()
            transaction.set_rollback(True)
        return answer
    except Exception as error:  # nothing may come out of the application
        return Answer(599, [("X-Content-Type-Options", "-")], repr(error).encode(), 0)


def _forms(asked: list[Address], keys: Keys, reader: Application, staff: Application):
    """Every form of every page, once: those of the public with whoever may send them."""
    seen: set = set()
    for address in asked:
        path = address.plain_path(keys)
        for application in (staff, reader):
            answer = _answered(application, Sent(path))
            if answer.status != 200 or not answer.header("content-type").startswith("text/html"):
                continue
            for form in forms_of(answer.body.decode("utf-8", "replace"), path):
                shape = (re.sub(r"\d+", "#", form.action), tuple(re.sub(r"\d+", "#", name) for name in form.names))
                if shape not in seen:
                    seen.add(shape)
                    yield form, (staff, reader) if address.kind == PUBLIC else (staff,)


def _quarter(report: Report, number: int, count: int):
    if (number + 1) * 4 // count > len(report.memory):
        report.memory.append(resident())


def resident() -> int:
    """Megabytes of this process that are in memory."""
    return int(re.search(r"VmRSS:\s*(\d+)", Path("/proc/self/status").read_text())[1]) // 1024

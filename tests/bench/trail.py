"""What the page of the trail costs with very many entries: `python -m tests.bench.trail --entries 1000000`.

It makes and drops its own databases, and prints the milliseconds of CPU of the page, of each question and of one entry.
"""

import argparse
import sys
import time
from datetime import UTC, datetime, timedelta

from tests.review.editor_pairs import own_database, run_on

MOST = 60.0  # milliseconds of CPU of one page
COLUMNS = (
    *("at", "by_id", "by_name", "way", "act", "content_type_id", "object_id", "record_type_id", "record_id"),
    *("label", "record_label", "old", "new", "why", "search"),
)
PEOPLE, RECORDS, NAMES, AT_ONCE = 12, 100_000, 5_000, 10_000
SPREAD = timedelta(days=180)
ASKED = {
    "page": "",
    "this week": "?when=week",
    "today": "?when=today",
    "a day": "?since={day}&until={day}",
    "person": "?by={person}",
    "person this week": "?by={person}&when=week",
    "list": "?kind=partners.organisation",
    "act": "?act=deleted",
    "way": "?way=import",
    "rare act": "?act=redacted",
    "record": "?record=partners.organisation-77",
    "name": "?q=示例单位77",
    "common word": "?q=示例",
    "person and act": "?by={person}&act=deleted&way=import",
    "deep page": "?page=40",
    "oldest": "?before=end",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument("--here", action="store_true", help="on the database of the environment")
    arguments = parser.parse_args()
    if not arguments.here:
        sys.exit(max(run_on(database, __spec__.name) for database in arguments.databases))
    with own_database() as connection:
        person = fill(arguments.entries)
        costs = measured(person)
        for what, cost in costs.items():
            print(f"{connection.vendor}: {what} {cost:.1f} ms of CPU", flush=True)
        sys.exit(int(max(costs.values()) > MOST))


def fill(number: int):
    """So many entries of the last half year, by twelve people, of a hundred thousand records; one of the people."""
    from django.contrib.auth.models import User
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, transaction

    from fengtai.admin.trail.filters import kinds
    from fengtai.records.trail.entries import TrailEntry
    from fengtai.search.index import tidy_statements

    people = [User.objects.create_superuser(f"示例{count}") for count in range(PEOPLE)]
    types = [ContentType.objects.get_for_model(model).pk for model in kinds()]
    firm = ContentType.objects.get(model="organisation").pk
    names = [(name, TrailEntry(record_label=name).search) for name in (f"示例单位{count}号" for count in range(NAMES))]
    statement = (
        f"INSERT INTO {TrailEntry._meta.db_table} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
    )
    with connection.cursor() as cursor:
        for start in range(0, number, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, number))
            with transaction.atomic():
                cursor.executemany(statement, [_entry(count, number, people, types, firm, names) for count in numbers])
        for tidy in tidy_statements(connection, TrailEntry):
            cursor.execute(tidy)
    return people[0]


def _entry(count: int, number: int, people: list, types: list, firm: int, names: list) -> tuple:
    person, (name, tokens) = people[count % PEOPLE], names[count % NAMES]
    kind = firm if count % 3 else types[count % len(types)]
    way = ("form", "import", "release", "import", "action")[count % 5]
    act = "redacted" if count % 50_000 == 0 else ("changed", "added", "changed", "deleted")[count % 4]
    at = str(datetime.now(UTC) - SPREAD + SPREAD * count / number).removesuffix("+00:00")
    said = (f'{{"name": "示例旧名{count}"}}', f'{{"name": "{name}"}}', "")
    return (
        at,
        person.pk,
        person.username,
        way,
        act,
        kind,
        count % RECORDS,
        kind,
        count % RECORDS,
        "",
        name,
        *said,
        tokens,
    )


def measured(person) -> dict[str, float]:
    """Each is asked three times, each time after an entry was added; the median."""
    from django.test import Client
    from django.utils import timezone

    from fengtai.records.trail.entering import Act, enter
    from tests.bench.meters import CpuMeter

    client, meter, found = Client(), CpuMeter(), {}
    client.force_login(person)
    day = (timezone.localdate() - timedelta(days=90)).isoformat()
    client.get("/admin/trail/")
    for what, asked in ASKED.items():
        taken = []
        for _time in range(3):
            enter(Act.EXPORTED, by=person)
            begun = meter.read()
            answer = client.get("/admin/trail/" + asked.format(day=day, person=person.pk))
            taken.append((meter.read() - begun) * 1000)
            assert answer.status_code == 200, (what, answer.status_code)
        found[what] = sorted(taken)[1]
    begun = time.process_time()
    for _time in range(100):
        enter(Act.EXPORTED, by=person)
    return found | {"one entry": (time.process_time() - begun) * 10}


if __name__ == "__main__":
    main()

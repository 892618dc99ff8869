"""What a release in bulk costs: `python -m tests.review.release_cost` makes and drops its own databases.

It prints the seconds of CPU of releasing drafts with three parts and a citation each, and changes of one field each.
"""

import argparse
import sys
import time

from tests.review.editor_pairs import own_database, run_on

MOST = 4.0  # seconds of CPU for 500 of each


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=500)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument("--here", action="store_true", help="on the database of the environment")
    arguments = parser.parse_args()
    if not arguments.here:
        sys.exit(max(run_on(database, __spec__.name) for database in arguments.databases))
    with own_database() as connection:
        costs = {"drafts": _drafts(arguments.records), "changes": _changes()}
        for what, seconds in costs.items():
            print(f"{connection.vendor}: {arguments.records} {what} {seconds:.2f} s of CPU", flush=True)
    sys.exit(int(max(costs.values()) > MOST * arguments.records / 500))


def _people():
    from django.contrib.auth.models import User

    return [User.objects.get_or_create(username=name, is_superuser=True)[0] for name in ("editor", "reviewer")]


def _drafts(number: int) -> float:
    from partners.models import Organisation
    from tests import factories

    editor, _reviewer = _people()
    for count in range(number):
        firm = Organisation(name=f"示例单位{count:05d}号", state="review")
        firm._history_user = editor
        firm.save()
        factories.organisation_name(organisation=firm, name=f"示例别称{count}")
        factories.membership(organisation=firm)
        factories.honour(organisation=firm)
        factories.citation(firm, field="name")
    return _released(Organisation.objects.filter(state="review"), number)


def _changes() -> float:
    from fengtai.review.actions import submit
    from fengtai.review.holding import Held
    from fengtai.review.pending import PendingChange
    from partners.models import Organisation

    editor, _reviewer = _people()
    for firm in Organisation.objects.all():
        with Held(by=editor, record=firm) as held:
            firm.address = "示例路1号"
            firm.save()
        submit(held.changes[0], by=editor)
    return _released(PendingChange.objects.all(), Organisation.objects.count())


def _released(targets, number: int) -> float:
    from fengtai.review.releasing import release_all
    from fengtai.review.terms import Terms

    _editor, reviewer = _people()
    start = time.process_time()
    done, refused = release_all(targets, Terms(by=reviewer, accepted=True))
    seconds = time.process_time() - start
    assert (len(done), refused) == (number, []), refused[:3]
    return seconds


if __name__ == "__main__":
    main()

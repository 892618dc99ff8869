"""In a process of its own: a site, its server, and each kind of form pressed twice.

DATABASE_URL=… DATA_DIR=… python -m tests.hostile.twice.worker PAIRS [ONLY,…]
"""

import os
import re
import sys
import traceback
from pathlib import Path

from tests.own_database import set_up

ERRORS = re.compile(r'<ul class="errorlist[^>]*>.*?</ul>|<p class="errornote">.*?</p>', re.DOTALL)


def main(pairs: int, only: str = "") -> int:
    set_up()
    from django.db import connection

    from tests.hostile.running import staff_cookies
    from tests.hostile.twice.kinds import kinds
    from tests.hostile.twice.pressing import Browser
    from tests.sites import serving

    _owner, cookies = staff_cookies()
    own = {**os.environ, "DJANGO_SETTINGS_MODULE": "fengtai.settings", "ALLOWED_HOSTS": "127.0.0.1"}
    log, faults = Path(own["DATA_DIR"]) / "log", []
    with serving("tests.hostile.twice.server:application", own, log, workers=2) as address:
        browser = Browser(address, cookies.partition("=")[2])
        for kind in kinds():
            if any(word in kind.name for word in only.split(",")):
                found = told(kind, browser, pairs)
                faults += found
                print(
                    f"{connection.vendor}: {kind.name}: {pairs} pairs; {'; '.join(found) or 'one record each'}",
                    flush=True,
                )
    if any(fault for fault in faults if "status 5" in fault):
        print(log.read_text()[-6000:], file=sys.stderr)
    return 1 if faults else 0


def told(kind, browser, pairs: int) -> list[str]:
    """What is wrong, in words."""
    try:
        presses = kind.presses(browser, pairs)
        if kind.apart is None:
            return _pressed(kind, browser, presses)
        found = []
        for press in presses:
            found += _pressed(kind, browser, [press])
            kind.apart()
        return found
    except Exception:
        traceback.print_exc()
        return ["the forms could not be filled in"]


def _pressed(kind, browser, presses: list) -> list[str]:
    before = kind.made()
    answers = browser.twice(presses)
    made, found = kind.made() - before, []
    if made != len(presses):
        found.append(f"made {made} of {len(presses)}")
        print(ERRORS.findall(answers[0][0].text)[:5], file=sys.stderr)
    for first, second in answers:
        found += [f"status {one.status}" for one in (first, second) if one.status >= 500]
        if not any(one.status in (200, 302) for one in (first, second)):
            found.append(f"neither was taken: {first.status}, {second.status}")
    return found[:5]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]))

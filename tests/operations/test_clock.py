"""A clock that is set forwards or back: nothing comes early and stays, nothing is lost, no page fails."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.utils import timezone

from fengtai.caching.store import SKEW, generations, keep, recall
from tests.conftest import CLOCK
from tests.downloads.test_download_server import serving
from tests.operations.whole import is_whole
from tests.sites import ROOT, copy, environment, passwords_in
from tests.test_fresh_start import Browser

LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
HIDDEN = """
from datetime import timedelta
from django.utils import timezone
from partners.models import Organisation
state, later = "published", timezone.now() + timedelta(hours=1)
Organisation.objects.create(name="示例封存单位", kind="firm", state=state, publish_at=later)
"""
LOOKED_FOR = f"/organisations/?q={quote('示例封存单位')}"
RECORD = "<mark>示例封存单位</mark>"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("ahead", "lasts"), [(timedelta(0), True), (SKEW * 2, False), (-SKEW * 2, True)])
def test_what_was_kept_while_the_clock_was_ahead_is_not_shown_once_it_is_right(monkeypatch, ahead, lasts):
    now, current = timezone.now(), generations()
    with monkeypatch.context() as moved:
        moved.setattr(timezone, "now", lambda: now + ahead)
        keep("something", current, now + timedelta(hours=1), "kept", ())
    assert (recall("something", current) == "kept") is lasts


@pytest.mark.needs(CLOCK)
@pytest.mark.skipif(not is_whole(), reason="starts a server under another clock: a part of `make failures`")
def test_a_site_whose_clock_is_moved_forwards_and_back(tmp_path, begun_site):
    folder, clock = tmp_path / "site", tmp_path / "clock"
    password = passwords_in(copy(begun_site, folder))["staff"]
    own = environment(folder) | {"DJANGO_SETTINGS_MODULE": "fengtai.settings"}
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", HIDDEN], cwd=ROOT, env=own, check=True)
    _set(clock, 0)
    moved = {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    with serving(own | moved | {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}) as (port, _server):
        staff, reader = Browser(port), Browser(port)
        signed_in = {"username": "staff", "password": password}
        assert staff.post("/admin/login/", {**staff.form("/admin/login/"), **signed_in})[1].endswith("/admin/")
        for hours, shown, still_in in (
            (0, False, True),
            (0.25, False, True),
            (1.5, True, None),
            (0, False, None),
            (-48, False, None),
            (24, True, False),
            (0, False, None),
        ):
            _set(clock, hours)
            for _time in range(2):
                assert (RECORD in reader.get(LOOKED_FOR)) is shown, hours
            assert reader.get("/").count("<h1") == 1
            page = staff.get("/admin/")
            if still_in is not None:
                assert ("id_password" not in page) is still_in, hours
        again = {**staff.form("/admin/login/"), **signed_in}
        assert staff.post("/admin/login/", again)[0] == 200


def _set(clock: Path, hours: float) -> None:
    """By how much it goes wrong from now on; replaced whole, since it is read at any moment."""
    (new := clock.with_suffix(".new")).write_text(f"{hours:+g}h\n")
    os.replace(new, clock)

"""Whoever writes may be killed at any moment: nothing or everything of it is on file."""

import json
import os
import subprocess
import sys

from tests.operations.whole import is_whole
from tests.sites import ROOT

MOMENTS = 50 if is_whole() else 3
ONLY = "" if is_whole() else "form,released,merged"


def test_a_killed_write_leaves_nothing_or_everything(own_database, tmp_path):
    command = [sys.executable, "-m", "tests.operations.killed_writes", f"--moments={MOMENTS}", f"--only={ONLY}"]
    own = {"DATABASE_URL": own_database, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "fengtai.settings"}
    run = subprocess.run(command, cwd=ROOT, env=os.environ | own, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(run.stdout)
    assert found
    for kind, ended in found.items():
        assert ended["half"] == [], kind
        assert ended["nothing"] + ended["everything"] == MOMENTS, kind
        assert ended["nothing"] and ended["everything"], f"{kind}: the moments were not spread over the write"

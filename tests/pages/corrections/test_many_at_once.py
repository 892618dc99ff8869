"""Readers who all press twice: one report of each, on a database that several write at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.operations.whole import is_whole

ROOT = Path(__file__).resolve().parents[3]
READERS = 50 if is_whole() else 12


def test_simultaneous_double_submits_make_one_report_each(own_database, tmp_path):
    own = {"DATABASE_URL": own_database, "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "tests.pages.corrections.pressed_twice", str(READERS)]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, check=True, stdout=subprocess.PIPE, text=True)
    assert json.loads(run.stdout) == {"answers": 2 * READERS, "statuses": [302], "places": READERS, "each_once": True}

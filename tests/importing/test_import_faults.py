"""A commit that is killed leaves nothing or everything; one that is asked for by four at once is done once."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.operations.whole import is_whole

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = 50 if is_whole() else 3


def test_a_killed_commit_leaves_nothing_or_everything_and_is_done_once(own_database, tmp_path):
    command = [sys.executable, "-m", "tests.importing.killed_commits", f"--moments={MOMENTS}", "--rows=200"]
    own = {"DATABASE_URL": own_database, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "fengtai.settings"}
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(run.stdout)
    assert found["half"] == []
    assert found["nothing"] + found["everything"] == MOMENTS
    assert found["nothing"] and found["everything"], "the moments were not spread over the commit"
    assert (found["taken_at_once"], found["on_file"]) == (1, 200), "four that commit at once take it once"

"""Whatever a file holds, reading it ends soon, in little memory, with a plain message or with what it says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fengtai.workbooks import child_process
from fengtai.workbooks.child import read_workbook
from fengtai.workbooks.errors import Incomplete, WorkbookError
from fengtai.workbooks.limits import Limits
from tests.operations.whole import is_whole
from tests.workbooks.hostile import CASES

ROOT = Path(__file__).resolve().parents[2]
STARTED = child_process.started  # before a fixture has readers start warm
SECONDS, KILOBYTES, PARENT = 10, 300_000_000 // 1024, 60_000
# Seconds are of CPU: of the clock a busy machine takes any number.
# A small process of its own reads the file, as a server would, and tells what that cost it and its child: a child's
# peak as the system counts it begins with that of the process it was started from.
READER = """
import json, re, resource, sys
from fengtai.workbooks.child import read_workbook
from fengtai.workbooks.errors import WorkbookError

code, text = "read", "-"
try:
    read_workbook(sys.argv[1])
except WorkbookError as error:
    code, text = error.code, str(error)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
own = int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
print(json.dumps([code, text, used.ru_utime + used.ru_stime, used.ru_maxrss, own]))
"""


def read_apart(path: Path) -> list:
    reader = subprocess.run([sys.executable, "-c", READER, path], cwd=ROOT, capture_output=True, text=True)
    assert reader.returncode == 0, reader.stderr
    return json.loads(reader.stdout)


def test_there_are_many_and_each_is_another():
    assert len({name for name, _, _ in CASES}) == len(CASES) >= 40


def of_cases(cases):
    return pytest.mark.parametrize(("name", "made", "expected"), cases, ids=[name for name, _, _ in cases])


@of_cases(CASES)
def test_a_hostile_file_is_refused_or_harmless(name, made, expected, tmp_path):
    path, code, text = tmp_path / name, "read", "-"
    path.write_bytes(made())
    try:
        read_workbook(path)
    except WorkbookError as error:
        code, text = error.code, str(error)
    assert code in expected
    assert text and len(text) < 200


@of_cases(CASES if is_whole() else CASES[::4])
def test_it_costs_little(name, made, expected, tmp_path):
    path = tmp_path / name
    path.write_bytes(made())
    code, text, cpu, child, parent = read_apart(path)
    path.unlink()
    assert code in expected
    assert text and len(text) < 200
    assert cpu < SECONDS
    assert child < KILOBYTES and parent < PARENT


def test_a_reader_that_never_ends_is_stopped_by_the_clock_and_said_to_be_too_slow(monkeypatch):
    monkeypatch.setattr(child_process, "started", STARTED)

    def incomplete(lines):
        raise Incomplete(lines.read().decode())

    with pytest.raises(WorkbookError) as refused:
        child_process.answer_of("tests.workbooks.never_ends", "{}", Limits(seconds=1), incomplete)
    assert refused.value.code == "too_slow"

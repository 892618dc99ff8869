"""Reads a workbook in a process of its own, so that no file can stop the server."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from fengtai.workbooks.child_process import answer_of, hand_over, request_within_limits
from fengtai.workbooks.data import WorkbookData
from fengtai.workbooks.limits import Limits
from fengtai.workbooks.wire import assembled

DEFAULT = Limits()


def read_workbook(path, limits: Limits = DEFAULT, vocabulary: frozenset[str] = frozenset()) -> WorkbookData:
    """What the file holds; raises WorkbookError if it must not or cannot be read.

    `vocabulary` holds the known headings, as `heading_texts.normalised` writes them: the row with most of them is the
    row of headings.
    """
    path = Path(path).resolve()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    request = json.dumps({"path": str(path), "limits": asdict(limits), "vocabulary": sorted(vocabulary)})
    return answer_of("fengtai.workbooks.child", request, limits, lambda lines: assembled(lines, sha256))


def main():
    request, limits = request_within_limits()
    # Imported here so that the reader is loaded within the limits.
    from fengtai.workbooks.lines import lines_of

    hand_over(lines_of(Path(request["path"]), limits, frozenset(request["vocabulary"])), limits)


if __name__ == "__main__":
    main()

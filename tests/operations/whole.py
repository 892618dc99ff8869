"""Long checks run in a short form with the suite, and whole by `make failures`."""

import os


def is_whole() -> bool:
    return os.environ.get("WHOLE") == "1"

"""A reader that works on nothing and never ends, as `python -m tests.workbooks.never_ends`."""

import time

if __name__ == "__main__":
    time.sleep(600)

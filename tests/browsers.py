"""The browser in which pages are looked at: how it is begun, and how long a busy machine is waited for."""

import shutil
import sys
from contextlib import contextmanager

from playwright.sync_api import expect, sync_playwright

PROGRAMS = ("chromium-headless-shell", "chromium")  # the first has no windows to draw: two thirds of the work
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
)
PATIENCE = 90_000  # milliseconds: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)


@contextmanager
def begun(program: str = ""):
    """By the program named, or the first that is installed.

    Until the end Playwright's loop forbids others of this process the database.
    """
    program = program or next(filter(None, map(shutil.which, PROGRAMS)), "")
    if not program:
        sys.exit(f"To be installed first: {PROGRAMS[0]}")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()

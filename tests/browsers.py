"""The browser in which pages are looked at: how it is begun, and how long a busy machine is waited for."""

from contextlib import contextmanager

from playwright.sync_api import expect, sync_playwright

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
)
PATIENCE = 90_000  # milliseconds: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)


@contextmanager
def begun(program: str):
    """Until the end Playwright's loop forbids others of this process the database."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()

"""Somebody at the site: reads pages, signs in, fills in forms. Every answer must be what was expected."""

import re
import time
from pathlib import Path

import requests

from tests.deployment.forms import form_in
from tests.deployment.processes import Failed

PATIENCE = 120  # seconds for an answer, and for what the task worker does


class Visitor:
    """`site` is scheme, host and port; `certificate` that of a site with TLS, which no authority signed."""

    def __init__(self, site: str, certificate: Path | None = None):
        self.site, self.session = site, requests.Session()
        self.session.verify, self.session.trust_env = str(certificate or ""), False

    def get(self, path: str, status: int = 200, **options) -> requests.Response:
        return self._expected(self.session.get(self.site + path, timeout=PATIENCE, **options), status)

    def send(self, path: str, holding: str, files: dict | None = None, **changed: str) -> requests.Response:
        """Opens a page, changes fields of its form and sends it; follows where it leads."""
        page = self.get(path)
        form = form_in(page.text, page.url, holding)
        headers = {"Referer": page.url}
        answer = self.session.post(
            form.address, data=form.filled(**changed), files=files, headers=headers, timeout=PATIENCE
        )
        refused = re.search(r'<ul class="errorlist.*?</ul>', self._expected(answer, 200).text, re.S)
        if refused:
            raise Failed(f"{path} was refused: {refused[0]}")
        return answer

    def sign_in(self, name: str, password: str) -> None:
        self.send("/admin/login/?next=/admin/", "username", username=name, password=password)
        self.get("/admin/", allow_redirects=False)

    def wait_for_import(self, address: str, state: str) -> str:
        """The page of a batch once it is in this state."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            page = self.get(address.removeprefix(self.site)).text
            if f"import-{state}" in page:
                return page
            time.sleep(0.5)
        raise Failed(f"the import at {address} is not {state} after {PATIENCE} s: does the task worker run?")

    @staticmethod
    def _expected(answer: requests.Response, status: int) -> requests.Response:
        if answer.status_code != status:
            raise Failed(f"{answer.request.method} {answer.url}: {answer.status_code}\n{answer.text[:1500]}")
        return answer

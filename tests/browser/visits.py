"""Windows of a browser on one site, which note whatever goes wrong in them."""

from urllib.parse import urlsplit

from tests.browsers import PATIENCE
from tests.sites import Site

DESK, PHONE, SMALLEST = ({"width": width, "height": 900} for width in (1280, 390, 320))


class Visit:
    """`complaints` are errors of scripts and of the content policy, files that did not come, and hosts of others."""

    def __init__(self, browser, site: Site):
        self.browser, self.site, self.complaints, self.windows = browser, site, [], []

    def window(self, width: dict = DESK, **options):
        context = self.browser.new_context(base_url=self.site.address, locale="zh-CN", viewport=width, **options)
        context.set_default_timeout(PATIENCE)
        self.windows.append(context)
        page = context.new_page()
        page.on("console", self._told)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def signed_in(self, name: str, width: dict = DESK, **options):
        """On the first page of staff."""
        page = self.window(width, **options)
        page.goto("/admin/login/")
        page.fill("#id_username", name)
        page.fill("#id_password", self.site.passwords[name])
        page.press("#id_password", "Enter")
        page.wait_for_url("**/admin/")
        return page

    def close(self) -> None:
        for context in self.windows:
            context.close()

    def _told(self, message) -> None:
        """Errors, and with them what the content policy refused; that a page was not found is told of its own."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{message.text} {message.location['url']}:{message.location['lineNumber']}")

    def _asked(self, request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob", "about") and not request.url.startswith(
            self.site.address
        ):
            self.complaints.append(f"asks elsewhere: {request.url}")

    def _answered(self, response) -> None:
        """A page may be one of an error; its files have to come."""
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status}: {response.url}")

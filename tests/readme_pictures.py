"""Takes the pictures of the README anew, of the invented district: `python -m tests.readme_pictures`.

No test, but one of tests/test_readme_pictures.py looks at what it left. It takes half a minute and needs chromium.
"""

import base64
import json
import os
import tempfile
from pathlib import Path

import django

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
QUALITY = 82  # of a hundred: some 60 KB each
LANGUAGES = {"zh": "", "en": "/en"}
# The name of a picture, its height, its address, and the account that is signed in.
PAGES = (
    ("home", 860, "/", ""),
    ("list", 1080, "/partners/?level=chain-leader", ""),
    ("import", 1000, "/admin/fengtai/importbatch/", "office"),
)
PREVIEWED = "示例轨道交通产业工作营_名录.xlsx"


def take(page, name: str) -> None:
    """As WebP, which a browser writes smaller than what Playwright offers."""
    told = {"format": "webp", "quality": QUALITY}
    shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", told)
    (PICTURES / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")
    django.setup()
    from tests.browser.visits import Visit
    from tests.browsers import begun
    from tests.sites import DEMO, Site, prepared, served

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, begun() as browser:
        data = Path(folder) / "demo"
        prepared(data, DEMO)
        passwords = json.loads((data / "accounts.json").read_text("utf-8"))
        with served(data, Path(folder) / "log") as address:
            visit = Visit(browser, Site(address, passwords, data))
            for name, height, path, account in PAGES:
                size = {"width": 1280, "height": height}
                page = visit.signed_in(account, size) if account else visit.window(size)
                for language, prefix in LANGUAGES.items():
                    page.goto(prefix + path)
                    if account:
                        page.click(f"#result_list a:has-text('{PREVIEWED}')")
                        page.wait_for_selector(".decisions")
                    page.mouse.move(0, 0)
                    take(page, f"{name}-{language}")
        browser.close()


if __name__ == "__main__":
    main()

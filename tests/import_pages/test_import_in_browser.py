"""An import from the file to its undoing as a person does it, in the browser, on a site that runs embedded."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import Workbook
from playwright.sync_api import expect, sync_playwright

from tests.conftest import BROWSER, program

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WIDTHS = (1280, 390)
expect.set_options(timeout=60_000)  # a busy machine is slow, not wrong
pytestmark = pytest.mark.needs(BROWSER)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of its own: address and password."""
    with site_with(tmp_path_factory.mktemp("site")) as (address, told):
        yield address, re.search(r"password (\S+)", told)[1]


@contextmanager
def site_with(data: Path):
    """A site begun from nothing as `make run` does: its address, and what was told of its accounts."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
    environment |= {"DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    start = [sys.executable, "manage.py", "start"]
    prepared = subprocess.run(
        [*start, "--prepare-only"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (data / "log").open("w") as log:
        server = subprocess.Popen([*start, "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/admin/login/")
        yield address, prepared.stdout
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(address: str):
    for _try in range(100):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the site did not start")


@pytest.fixture
def browser():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program(BROWSER), args=list(FLAGS))
        yield browser
        browser.close()


def logged_in(browser, site, **options):
    address, password = site
    page = browser.new_context(base_url=address, **options).new_page()
    page.complaints = []
    page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto("/admin/login/")
    page.fill("#id_username", "staff")
    page.fill("#id_password", password)
    page.click("input[type=submit]")
    return page


def workbook(path: Path, *rows) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def faults(page) -> list[str]:
    """What is wrong with the page as it stands, in both languages and widths."""
    found, here = [], page.url
    site = re.match(r"https?://[^/]+", here)[0]
    for prefix in ("", "/en"):
        page.goto(f"{site}{prefix}{here.removeprefix(site)}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            place = f"{page.url} at {width}"
            wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found += [f"{place}: {wider} pixels wider than the screen"] if wider > 0 else []
            answer = Axe().run(page).response
            found += [f"{place}: {each['id']} {each['nodes'][0]['html'][:200]}" for each in answer["violations"]]
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(here)
    return found


def test_a_list_is_brought_decided_taken_and_undone(browser, site, tmp_path):
    path = workbook(
        tmp_path / "示例名录.xlsx",
        ["示例单位名录"],
        ["序号", "单位名称", "产业领域", "坐落何处"],
        [1, "示例甲科技有限公司", "示例未知产业", "示例区"],
        [2, "示例乙科技有限公司", "示例未知产业", None],
        ["合计", "2家"],
    )
    page = logged_in(browser, site)
    page.goto("/admin/partners/organisation/")
    assert faults(page) == []
    page.click("text=导入表格")
    assert faults(page) == []
    page.set_input_files("input[type=file]", path)
    page.keyboard.press("Tab")
    page.click("text=检查文件")
    expect(page.locator(".decisions")).to_be_visible()
    assert page.locator("legend").all_inner_texts()[:2] == ["无法识别的列", "尚无此产业"]
    assert page.locator(".outcomes .outcome-refused strong").first.inner_text() == "2"
    assert faults(page) == []
    page.select_option("select[name='column:坐落何处']", "region")
    page.select_option("select[name='missing:industry:示例未知产业']", "create")
    page.locator("text=按以上决定重新检查").first.press("Enter")
    expect(page.locator("text=没有问题，可以导入")).to_be_visible()
    assert page.locator(".verdict.good li").all_inner_texts() == ["新建 2 条记录", "执行关于缺失名称的 1 项决定"]
    assert faults(page) == []
    page.locator("text=整份导入").dblclick()
    expect(page.locator("text=已整份导入")).to_be_visible()
    assert faults(page) == []
    taken = page.url
    page.click("text=示例甲科技有限公司 >> nth=0")
    expect(page.locator(".written-by a")).to_have_text("示例名录.xlsx")
    assert page.locator("#id_region").input_value() == "示例区"
    page.goto(taken)
    page.click("text=撤销导入")
    assert faults(page) == []
    page.click("button:has-text('撤销导入')")
    expect(page.locator("h2:has-text('已撤销')")).to_be_visible()
    assert faults(page) == []
    page.goto("/admin/fengtai/importbatch/")
    assert faults(page) == []
    page.goto("/admin/partners/organisation/?q=示例甲科技")
    assert page.locator("#result_list").count() == 0
    assert page.complaints == []


def test_a_long_file_shows_how_far_it_has_come(browser, site, tmp_path):
    rows = ([f"示例{number:05}号科技有限公司", "示例区"] for number in range(6_000))
    path = workbook(tmp_path / "示例长名录.xlsx", ["单位名称", "地区"], *rows)
    page = logged_in(browser, site)
    page.goto("/admin/fengtai/importbatch/new/organisations/")
    page.set_input_files("input[type=file]", path)
    page.click("text=检查文件")
    bar = page.locator("progress[value]")
    expect(bar).to_be_visible(timeout=60_000)
    assert bar.get_attribute("max") == "6000"
    assert 0 < int(bar.get_attribute("value")) <= 6_000
    assert re.search(r"\d+ 行，共 6000 行", page.locator("#progress-text").inner_text())
    expect(page.locator("text=没有问题，可以导入")).to_be_visible(timeout=120_000)
    page.click("text=整份导入")
    expect(page.locator("#progress-text")).to_contain_text("正在导入", timeout=60_000)
    assert page.locator("text=整份导入").is_disabled()
    expect(page.locator("text=已整份导入")).to_be_visible(timeout=180_000)
    assert page.complaints == []


def test_without_a_script_everything_is_there(browser, site, tmp_path):
    path = workbook(tmp_path / "示例名录二.xlsx", ["单位名称", "评分"], ["示例丙科技有限公司", 3])
    page = logged_in(browser, site, java_script_enabled=False)
    page.goto("/admin/partners/organisation/")
    page.click("text=导入表格")
    page.set_input_files("input[type=file]", path)
    page.click("text=检查文件")
    page.select_option("select[name='column:评分']", "-")
    page.locator("text=按以上决定重新检查").first.click()
    page.click("text=整份导入")
    page.click("text=撤销导入")
    page.click("button:has-text('撤销导入')")
    assert page.locator("h2:has-text('已撤销')").count() == 1


def test_a_file_is_dropped(browser, site):
    page = logged_in(browser, site)
    page.goto("/admin/fengtai/importbatch/new/places/")
    page.evaluate(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["名称,地区\\n示例园区,示例区\\n"], "示例园区.csv"));
            const drop = new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true });
            document.querySelector("[data-drop]").dispatchEvent(drop);
        }"""
    )
    page.click("text=检查文件")
    expect(page.locator("h1")).to_have_text("示例园区.csv")
    expect(page.locator("text=没有问题，可以导入")).to_be_visible()

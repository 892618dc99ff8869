"""An import from the file to its undoing as a person does it, in the browser, on a site that runs embedded."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.admin.staff_windows import faults, signed_in
from tests.conftest import BROWSER

pytestmark = pytest.mark.needs(*BROWSER)


def workbook(path: Path, *rows) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_list_is_brought_decided_taken_and_undone(browser, site, tmp_path):
    path = workbook(
        tmp_path / "示例名录.xlsx",
        ["示例单位名录"],
        ["序号", "单位名称", "产业领域", "坐落何处"],
        [1, "示例甲科技有限公司", "示例未知产业", "示例区"],
        [2, "示例乙科技有限公司", "示例未知产业", None],
        ["合计", "2家"],
    )
    page = signed_in(browser, site)
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
    page = signed_in(browser, site)
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
    page = signed_in(browser, site, java_script_enabled=False)
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
    page = signed_in(browser, site)
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

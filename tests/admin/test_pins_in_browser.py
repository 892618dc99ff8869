"""Entering a partner from one source as a person does it in the browser: every press and every field filled counts."""

import sqlite3

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.admin.staff_windows import WIDTHS, signed_in
from tests.conftest import BROWSER

pytestmark = pytest.mark.needs(*BROWSER)
AT_MOST = 12
SOURCE = "2024年“倍增追赶 合作发展”丰台大会报道"
ADD = "/admin/partners/organisation/add/"


class Hands:
    """Does on a page what a person does, and counts it."""

    def __init__(self, page):
        self.page, self.done = page, []

    def click(self, where):
        self.done.append(f"click {where}")
        self.page.click(where)

    def fill(self, where, text):
        self.done.append(f"fill {where}")
        self.page.fill(where, text)

    def press(self, key):
        self.done.append(f"press {key}")
        self.page.keyboard.press(key)

    def choose(self, where, label):
        self.done.append(f"choose {where}")
        self.page.select_option(where, label=label)


@pytest.fixture
def stored(site):
    """Asks the database of the site that the browser is on."""
    database = sqlite3.connect(f"file:{site.folder / 'db.sqlite3'}?mode=ro", uri=True)
    yield lambda sql, *values: database.execute(sql, values).fetchall()
    database.close()


PROOFS = """
select model, field, paragraph, words from fengtai_citation
join django_content_type kind on kind.id = content_type_id
join fengtai_source source on source.id = source_id
where source.title = ? and (
    (model = 'organisation' and object_id = ?)
    or (model = 'membership' and object_id in (select id from partners_membership where organisation_id = ?))
    or (model = 'honour' and object_id in (select id from partners_honour where organisation_id = ?))
) order by model, field
"""


def proofs_of(stored, name: str) -> list[tuple]:
    [(key,)] = stored("select id from partners_organisation where name = ?", name)
    return stored(PROOFS, SOURCE, key, key, key)


def choose_source(page):
    page.fill(".seek-source input", "大会报道")
    page.keyboard.press("Enter")
    expect(page.locator(".current-source-title")).to_have_text(SOURCE)


def test_a_partner_with_its_source_takes_twelve_actions(browser, site, stored):
    page = signed_in(browser, site)
    page.goto("/admin/")
    hands = Hands(page)
    hands.click("#content-main .model-organisation .addlink")
    hands.fill(".seek-source input", "大会报道")
    hands.press("Enter")
    hands.click("text=本页新填的内容都引自当前来源")
    hands.fill("#id_name", "示例十二步科技有限公司")
    hands.choose("#id_kind", "企业")
    hands.fill("#id_region", "示例区")
    hands.fill("#id_address", "示例路12号")
    hands.click("#memberships-0 .field-level .select2-selection")
    hands.click(".select2-results__option:has-text('发展伙伴')")
    hands.fill("#id_honours-0-title", "示例贡献奖")
    hands.click("input[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text(
        f"已引自“{SOURCE}”：单位名称、类型、地区、地址、入选记录、荣誉。"
    )
    assert len(hands.done) <= AT_MOST, hands.done
    assert proofs_of(stored, "示例十二步科技有限公司") == [
        ("honour", "honour", None, ""),
        ("membership", "level", None, ""),
        *(("organisation", field, None, "") for field in ("address", "kind", "name", "region")),
    ]
    assert stored(
        "select region, address, kind, level.name, title from partners_organisation firm"
        " join partners_membership member on member.organisation_id = firm.id join partners_level level"
        " on level.id = level_id join partners_honour honour on honour.organisation_id = firm.id where firm.name = ?",
        "示例十二步科技有限公司",
    ) == [("示例区", "示例路12号", "firm", "发展伙伴", "示例贡献奖")]
    assert page.complaints == []


def test_choosing_the_source_leaves_what_is_typed(browser, site):
    page = signed_in(browser, site)
    page.goto(ADD)
    page.fill("#id_name", "示例先填后选")
    choose_source(page)
    assert page.input_value("#id_name") == "示例先填后选"
    page.click("summary:has-text('更换')")
    page.fill(".seek-source input", "并无此名")
    page.click("text=选定")
    expect(page.locator(".source-told")).to_have_text("没有找到这样的来源。")
    page.click("text=清除")
    expect(page.locator(".current-source-title")).to_have_count(0)
    assert page.input_value("#id_name") == "示例先填后选"
    assert page.complaints == []


def test_titles_are_offered_while_typing(browser, site):
    page = signed_in(browser, site)
    page.goto(ADD)
    page.locator(".seek-source input").press_sequentially("大会")
    expect(page.locator(f"datalist option[value='{SOURCE}']")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".current-source-title")).to_have_text(SOURCE)
    assert page.complaints == []


def test_the_keyboard_pins_and_what_unfolds_comes_next(browser, site, stored):
    page = signed_in(browser, site)
    page.goto(ADD)
    choose_source(page)
    page.focus("#id_name")
    page.keyboard.type("示例键盘科技有限公司")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_pin_name"
    assert not page.is_visible("#id_pin_name_words")
    page.keyboard.press("Space")
    assert page.is_visible("#id_pin_name_words")
    page.keyboard.press("Tab")
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    page.keyboard.type("示例原文")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_name_en"
    page.focus("input[name=_continue]")
    page.keyboard.press("Enter")
    expect(page.locator(".field-name .proofs summary")).to_have_text("出处 1 条")
    page.focus(".field-name .proofs summary")
    page.keyboard.press("Enter")
    assert page.locator(".field-name .proofs li").inner_text() == f"{SOURCE} 第12段 示例原文"
    assert proofs_of(stored, "示例键盘科技有限公司") == [("organisation", "name", 12, "示例原文")]
    assert page.complaints == []


def test_without_a_script_the_source_is_chosen_and_pinned(browser, site, stored):
    page = signed_in(browser, site, java_script_enabled=False)
    page.goto(ADD)
    assert "选定来源会重新打开本页，未保存的内容会丢失" in page.content()
    page.fill(".seek-source input", "大会报道")
    page.press(".seek-source input", "Enter")
    assert page.url.endswith(ADD)
    assert page.inner_text(".current-source-title") == SOURCE
    page.fill("#id_name", "示例无脚本科技有限公司")
    page.check("#id_pin_name")
    page.fill("#id_pin_name_words", "示例原文")
    page.click("input[name=_save]")
    assert proofs_of(stored, "示例无脚本科技有限公司") == [("organisation", "name", None, "示例原文")]


def test_bar_and_pins_are_without_fault(browser, site):
    page = signed_in(browser, site)
    page.goto(ADD)
    choose_source(page)
    for address in (
        "/admin/partners/organisation/9/change/",
        "/en/admin/projects/project/add/",
        "/admin/current-source/",
    ):
        page.goto(address)
        for pin in page.locator(".form-row .pin-button input:visible").all()[:2]:
            pin.check()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            assert faults_of(page, ".current-source", ".form-row:not(.empty-form) .pin") == []


def faults_of(page, *parts) -> list[str]:
    """Of what these tests are about; the frame's own widgets are not ours."""
    within = {"include": [[part] for part in parts if page.locator(part).count()]}
    found = Axe().run(page, context=within).response["violations"]
    return [f"{page.url}: {each['id']} {each['nodes'][0]['html'][:200]}" for each in found]

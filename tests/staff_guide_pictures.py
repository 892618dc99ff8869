"""Takes the pictures of the staff guide, `docs/staff-guide/*.png`, from a site that it starts from nothing.

Run from the project's root as `python -m tests.staff_guide_pictures`; it takes a minute or two and needs chromium. The
site is of its own and is gone afterwards. Whoever changes a page that the guide shows runs it and commits what changed.
"""

import os
import re
import tempfile
from pathlib import Path

import django
from openpyxl import Workbook

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "staff-guide"
ORGANISATIONS = "/admin/partners/organisation/"
FIRM, OTHER = "示例甲科技有限公司", "示例甲科技公司"
ROWS = (
    ["示例产业工作营 单位名录"],
    ["序号", "单位名称", "单位性质", "产业领域", "地区", "坐落何处"],
    [1, "示例乙智能装备有限公司", "企业", "示例新产业", "示例区", "示例路2号"],
    [2, OTHER, "企业", "数字经济", "示例区", None],
    [3, "示例丙研究院", "科研院所", "数字经济", "示例区", "示例路3号"],
    ["合计", "3家"],
)


class Office:
    """The people of a site, each in a browser of their own."""

    def __init__(self, browser, address: str, told: str):
        self.browser, self.address, self.known = browser, address, {}
        self.passwords = dict(re.findall(r"user (\w+), password (\S+)", told))

    def stranger(self):
        page = self.browser.new_context(
            base_url=self.address, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 800}
        ).new_page()
        page.goto("/admin/")
        return page

    def signed_in(self, name: str, password: str):
        page = self.stranger()
        page.fill("#id_username", name)
        page.fill("#id_password", password)
        page.click("input[type=submit]")
        return page

    def __getitem__(self, name: str):
        if name not in self.known:
            self.known[name] = self.signed_in(name, self.passwords[name])
        return self.known[name]


def take(page, name: str, part: str = ""):
    """The screen, or one `part` of the page alone."""
    page.mouse.move(0, 0)
    (page.locator(part).first if part else page).screenshot(path=PICTURES / f"{name}.png")


def press(page, text: str):
    """The button, link or summary of exactly this text; on to where it leads."""
    exactly = re.compile(rf"^\s*{re.escape(text)}\s*$")
    named = page.locator("#content, .breadcrumbs, body").locator("button, a, summary").filter(has_text=exactly)
    named.or_(page.locator(f"input[type=submit][value='{text}']")).first.click()
    page.wait_for_load_state()


def accounts(office):
    """A new account, its first sign-in, and a lock."""
    page = office["administrator"]
    page.goto("/admin/auth/user/add/")
    page.fill("#id_first_name", "示例人员")
    page.fill("#id_username", "shili")
    page.check("[name=roles][value=Reader]")
    take(page, "new-account")
    press(page, "保存")
    given = page.locator("code.password").inner_text()
    take(office.signed_in("shili", given), "first-password")
    for _time in range(5):
        office.signed_in("shili", "x")
    page.goto("/admin/auth/user/locked/")
    take(page, "unlock")


def enter(office):
    page = office["office"]
    page.goto(f"{ORGANISATIONS}add/")
    page.fill(".seek-source input[type=search]", "倍增追赶")
    press(page, "选定")
    page.wait_for_selector(".current-source-title")
    page.fill("#id_name", FIRM)
    page.select_option("#id_kind", label="企业")
    page.fill("#id_region", "示例区")
    page.locator(".pin-button").first.click()
    page.fill("#id_pin_name_paragraph", "12")
    page.fill("#id_standing_since", "2023年3月")
    take(page, "entry")
    press(page, "添加另一个 联系人")
    page.fill("#id_contacts-0-name", "示例联系人")
    page.fill("#id_contacts-0-phone", "13800000000")
    press(page, "保存并提交审核")


def bring(office, folder: Path):
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(folder / "示例名录.xlsx")
    page = office["office"]
    page.goto("/admin/fengtai/importbatch/new/organisations/")
    page.set_input_files("input[type=file]", folder / "示例名录.xlsx")
    press(page, "检查文件")
    page.wait_for_selector(".decisions")
    take(page, "import-preview")
    page.select_option("select[name='column:坐落何处']", label="地址")
    page.select_option("select[name='missing:industry:示例新产业']", "create")
    take(page, "import-decisions", part=".decisions")
    page.locator(".decisions summary", has_text="名称近似").click()
    page.select_option("select[name^='question:same:']", "new")
    press(page, "按以上决定重新检查")
    page.wait_for_selector(".verdict.good")
    press(page, "整份导入")
    page.wait_for_selector("text=已整份导入")


def review(office):
    page, clerk = office["reviewer"], office["office"]
    page.goto("/admin/review/")
    take(page, "review-queue")
    page.click(f"#content-main >> text={FIRM}")
    press(page, "退回…")
    page.fill("textarea[name=text]", "示例意见：请按报告核对地区")
    take(page, "review-one")
    press(page, "附意见退回")
    clerk.goto("/admin/")
    take(clerk, "desk")
    clerk.click(f"#content >> text={FIRM}")
    press(clerk, "添加另一个 别名")
    clerk.fill("#id_names-0-name", OTHER)
    clerk.select_option("#id_names-0-kind", label="曾用名")
    press(clerk, "保存并提交审核")
    release_all(page)


def release_all(page):
    page.goto("/admin/review/")
    press(page, "全选本页")
    press(page, "发布…")
    for box in page.locator("input[name=accepted]").all():
        box.check()
    page.click("button[name=confirmed], #content-main button[type=submit]")
    page.wait_for_load_state()


def change(office):
    page = office["office"]
    page.goto(f"{ORGANISATIONS}?q={FIRM}")
    page.locator("#result_list td:nth-child(2) a", has_text=FIRM).click()
    page.fill("#id_address", "示例路1号")
    press(page, "保存并继续编辑")
    take(page, "own-change")
    take(page, "contacts", part="#contacts-group")
    press(page, "撤销改动")
    page.goto(f"{ORGANISATIONS}?q=示例丙")
    page.locator("#result_list td:nth-child(2) a").click()
    press(page, "撤回…")
    take(page, "withdraw")


def revise(office):
    page = office["statistics"]
    page.goto("/admin/indicators/observation/?q=地区生产总值")
    page.locator("#result_list td:nth-child(2) a").first.click()
    press(page, "修订此数")
    page.fill("[name=value]", "2193.2亿元")
    page.select_option("[name=vintage]", label="最终核实")
    page.fill("[name=reason]", "示例原因：最终核实数")
    page.wait_for_selector("text=219,320,000,000")  # as it is read now
    take(page, "revise")


def lists(office):
    page = office["office"]
    page.goto(f"{ORGANISATIONS}?q=示例")
    for box in page.locator(".action-select").all()[:3]:
        box.check()
    page.locator("select[name=action]").first.select_option(label="修改一个字段…")
    take(page, "list")
    press(page, "执行")
    page.select_option("[name=field]", "region")
    press(page, "继续")
    page.fill("[name=region]", "示例新区")
    page.fill("[name=why]", "示例原因：区划名称统一")
    press(page, "预览")
    take(page, "bulk")


def merge(office):
    page = office["office"]
    page.goto("/admin/merge/")
    press(page, "对照并合并")
    take(page, "merge-pair")
    press(page, "预览")
    page.fill("#merge-why", "示例原因：曾用名")
    press(page, "确认合并")
    done = page.url
    release_all(office["reviewer"])
    page.goto(done)
    page.click("summary:has-text('撤销合并')")
    take(page, "merge-undo")


def look_back(office):
    page = office["office"]
    page.goto("/admin/")
    press(page, "本周变动")
    take(page, "trail")
    page.goto(f"{ORGANISATIONS}?q={FIRM}")
    page.locator("#result_list td:nth-child(2) a", has_text=FIRM).first.click()
    press(page, "历史")
    take(page, "life")


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")
    django.setup()
    from tests.browsers import begun
    from tests.sites import site_with

    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        site_with(Path(folder)) as (address, told),
        begun() as browser,
    ):
        office = Office(browser, address, told)
        accounts(office)
        enter(office)
        bring(office, Path(folder))
        for part in (review, change, revise, lists, merge, look_back):
            part(office)


if __name__ == "__main__":
    main()

"""Every form of the admin on a phone: nothing is wider than the screen, and each cell of a row says what it is."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from partners.models import Organisation
from tests import factories
from tests.admin.admin_pages import MODELS, address
from tests.admin.test_leaving import browser, sign_in  # noqa: F401
from tests.conftest import BROWSER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs(*BROWSER)]
SECRET = "示例密码-9274"
PHONE = {"width": 390, "height": 844}
TOO_WIDE = """() => {
  const found = document.documentElement.scrollWidth > innerWidth ? ["the page"] : [];
  const controls = "input, select, textarea, button, a.button, .select2-container, summary";
  for (const one of document.querySelectorAll(controls)) {
    const box = one.getBoundingClientRect();
    const hidden = !box.width || one.closest(".visually-hidden, #nav-sidebar, .select2-hidden-accessible");
    if (!hidden && (box.right > innerWidth + 0.5 || box.left < -0.5)) found.push(one.name || one.className);
  }
  for (const row of document.querySelectorAll(".tabular fieldset")) {
    if (row.scrollWidth > row.clientWidth + 1) found.push("rows that scroll");
  }
  for (const cell of document.querySelectorAll(".tabular tr.form-row:not(.empty-form) td:not(.original, .hidden)")) {
    const named = getComputedStyle(cell, "::before").content;
    if (cell.offsetHeight && cell.querySelector("input, select, textarea") && !named.includes(cell.dataset.label))
      found.push("a cell without a name");
  }
  return found;
}"""


def test_every_form_fits_a_phone(browser, live_server):  # noqa: F811
    User.objects.create_superuser("示例编辑", password=SECRET)
    firm = factories.contact(name="示例某某", phone="13800001234").organisation
    page = browser.new_context(base_url=live_server.url, viewport=PHONE).new_page()
    page.goto(reverse("admin:login"))
    wide = {"sign in": page.evaluate(TOO_WIDE)}
    sign_in(page)
    paths = [address(model, "add") for model in MODELS] + [reverse("admin:auth_user_add"), reverse("password_change")]
    for path in [*paths, address(Organisation, "change", firm.pk)]:
        page.goto(path)
        page.evaluate("document.querySelectorAll('.add-row a').forEach(link => link.click())")
        wide[path] = page.evaluate(TOO_WIDE)
    assert {path: found for path, found in wide.items() if found} == {}
    assert page.locator("#contacts-group tr.form-row:not(.empty-form)").count() == 2

"""What every page keeps to, in a window that shows it: each check returns what is wrong."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.site_pages import LANGUAGES
from tests.browser.visits import DESK, PHONE, SMALLEST

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Sideways: the page itself must not scroll, and nothing may stand beyond its edge but inside what scrolls by itself.
BEYOND = """() => {
  const found = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
  const scrolls = (one) => one && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
  for (const one of document.querySelectorAll("body *")) {
    const box = one.getBoundingClientRect();
    if (!one.checkVisibility()) continue;  // such as a menu that is closed
    if (!box.width || !box.height || (box.right <= innerWidth + 1 && box.left >= -1)) continue;
    if (getComputedStyle(one).position === "absolute" && box.width <= 2) continue;
    if (box.bottom < 0 || scrolls(one.parentElement)) continue;
    found.push(`${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 30)}`);
  }
  return found.slice(0, 5);
}"""


STILL = """() => Promise.allSettled(
  document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished)
).then(() => null)"""


def axe(page, options: dict = RULES, but_for: tuple[str, ...] = ()) -> list[str]:
    """`but_for` are selectors of what is not looked at. Colours are read once they have come to rest."""
    page.evaluate(STILL)
    context = {"exclude": [[each] for each in but_for]} if but_for else None
    violations = Axe().run(page, context=context, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in violations for node in each["nodes"][:3]]


def faults(page, language: str) -> dict[str, list[str]]:
    """Of a page that stands open: by axe, in the dark, and on phones of two widths.

    Both languages have one layout and one set of colours: axe reads the first as a desk shows it, light and dark, the
    other as the smallest phone does. What stands beyond the edge depends on the words, so it is looked for in both.
    """
    is_first, found = language == LANGUAGES[0], {}
    if is_first:
        found["light"] = axe(page)
        page.emulate_media(color_scheme="dark")
        found["dark"] = axe(page, CONTRAST)
        page.emulate_media(color_scheme="light")
    for width in (PHONE, SMALLEST):
        page.set_viewport_size(width)
        found[f"{width['width']} px"] = page.evaluate(BEYOND)
    if not is_first:
        found["small"] = axe(page)
    page.set_viewport_size(DESK)
    return {where: what for where, what in found.items() if what}
